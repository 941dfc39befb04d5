import { execFile, type SpawnOptions } from 'node:child_process'
import { chown, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Inherited PG* variables would steer the server, so children get none of them. */
const CLEAN_ENVIRONMENT = {
	PATH: '/usr/local/bin:/usr/bin:/bin',
	LC_ALL: 'C',
} as unknown as NodeJS.ProcessEnv

type Account = { uid: number; gid: number }
type Invocation = { command: string; args: string[]; options: SpawnOptions }

/** How PostgreSQL's programs are started, and who owns its files. PostgreSQL refuses to run as root. */
export type ServiceAccount = {
	invocation(program: string, args: string[]): Invocation
	run(program: string, args: string[]): Promise<void>
	own(path: string): Promise<void>
}

export async function chooseServiceAccount(dataDir: string, postgres: string): Promise<ServiceAccount> {
	if (process.getuid?.() !== 0) return serviceAccount(asOurselves, async () => {})

	const account = (await ownerOf(dataDir)) ?? (await unprivilegedAccount())
	const own = (path: string) => chown(path, account.uid, account.gid)
	const canReach = async (invoke: Invoke) => {
		const probe = invoke('/bin/sh', ['-c', '"$1" --version && cd "$2"', 'sh', postgres, dirname(dataDir)])
		return execute(probe.command, probe.args, probe.options).then(
			() => true,
			() => false,
		)
	}
	for (const invoke of [as(account), asWithSearchRights(account)]) {
		if (await canReach(invoke)) return serviceAccount(invoke, own)
	}
	throw new Error(
		`PostgreSQL does not run as root, and user ${account.uid} cannot reach ${dirname(dataDir)} or ${postgres}. ` +
			'Run as an ordinary user, move the clone out of a private directory such as /root, or set DATABASE_URL.',
	)
}

type Invoke = (program: string, args: string[]) => Invocation

function serviceAccount(invocation: Invoke, own: ServiceAccount['own']): ServiceAccount {
	return {
		invocation,
		own,
		async run(program, args) {
			const { command, args: all, options } = invocation(program, args)
			await execute(command, all, options)
		},
	}
}

const asOurselves: Invoke = (command, args) => ({
	command,
	args,
	options: { env: CLEAN_ENVIRONMENT, cwd: '/' },
})

const as =
	({ uid, gid }: Account): Invoke =>
	(command, args) => ({ command, args, options: { env: CLEAN_ENVIRONMENT, cwd: '/', uid, gid } })

/**
 * For clones below a private parent such as /root (0700): the account may pass it, and is still not root.
 * Without no_setuid_fixup, access(2), which initdb asks about its binaries, ignores the capability.
 */
const asWithSearchRights =
	({ uid, gid }: Account): Invoke =>
	(program, args) => ({
		command: 'setpriv',
		args: [
			...[`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
			...['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'],
			...['--', program, ...args],
		],
		options: { env: CLEAN_ENVIRONMENT, cwd: '/' },
	})

async function ownerOf(dataDir: string): Promise<Account | undefined> {
	const owner = await stat(dataDir).catch(() => undefined)
	return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : undefined
}

async function unprivilegedAccount(): Promise<Account> {
	const accounts = new Map<string, Account>()
	for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
		const [name, , uid, gid] = line.split(':')
		if (name) accounts.set(name, { uid: Number(uid), gid: Number(gid) })
	}
	const account = accounts.get('postgres') ?? accounts.get('nobody')
	if (!account) throw new Error('PostgreSQL does not run as root and there is no user postgres or nobody.')
	return account
}
