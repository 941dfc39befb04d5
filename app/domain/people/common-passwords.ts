/**
 * What people choose when asked for a password: the words and runs that lead every published list of leaked ones, and
 * that are put together into longer ones. In lower case; looked for inside a password, so shorter than it must be.
 */
export const COMMON_PASSWORDS: readonly string[] = `
password passwort passw0rd p@ssword p@ssw0rd contrase motdepasse wachtwoord parola senha haslo kennwort passphrase
qwertyuiop qwertzuiop azertyuiop qwerty qwertz azerty asdfghjkl asdfgh zxcvbnm yxcvbnm qazwsxedc qazwsx 1qaz2wsx
1q2w3e4r5t 1q2w3e4r 1q2w3e q1w2e3r4 zaq12wsx qweasdzxc qweasd poiuytrewq lkjhgfdsa mnbvcxz
1234567890 0987654321 123456789 987654321 12345678 1234567 123456 654321 123123 112233 121212 123321 111111 000000
222222 333333 444444 555555 666666 777777 888888 999999 159753 147258369 741852963 789456123 password123
abcdefghijklmnopqrstuvwxyz abcdefgh abcdef abc123 abcd1234 a1b2c3d4 aaaaaa
iloveyou ilovey loveyou iloveu love princess sunshine monkey dragon football baseball basketball soccer hockey
superman batman spiderman pokemon starwars master shadow michael jordan jennifer jessica ashley daniel charlie
andrew thomas robert matthew joshua nicole hannah amanda samantha michelle anthony george william david
welcome welcome1 willkommen bienvenue letmein login signin logmein admin administrator root toor superuser changeme
secret geheim default guest test testing tester demo user username trustno1 whatever freedom access hello helloworld
computer internet samsung google facebook linkedin instagram twitter youtube microsoft windows apple iphone android
cheese chocolate cookie pepper ginger banana orange cherry butterfly flower summer winter spring autumn sommer
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
liverpool arsenal chelsea barcelona realmadrid juventus ferrari mercedes porsche corvette mustang harley yamaha
killer hunter ranger buster tigger bailey maggie lovely angel junior jackass thunder matrix merlin maverick phoenix
mynoob fuckyou asshole biteme blahblah nothing something anything everything correcthorsebatterystaple
correct horse battery staple thequickbrownfox thequickbrown jumpsoverthelazydog
`
	.trim()
	.split(/\s+/)
