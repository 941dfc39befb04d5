export type Theme = 'light' | 'dark'

/** The prefix needs https; plain http is only for a machine of one's own. */
const nameOf = (isSecure: boolean): string => (isSecure ? '__Host-theme' : 'theme')

/** The theme the person chose, or null to follow the system. */
export function themeFromCookie(cookie: string | null): Theme | null {
	const found = /(?:^|;\s*)(?:__Host-)?theme=(light|dark)(?:;|$)/.exec(cookie ?? '')?.[1]
	return found === 'light' || found === 'dark' ? found : null
}

const YEAR_SECONDS = 31_536_000

/** The cookie of a choice; following the system is having none. */
export function themeCookie(theme: Theme | 'system', isSecure: boolean): string {
	const [value, maxAge] = theme === 'system' ? ['', 0] : [theme, YEAR_SECONDS]
	return `${nameOf(isSecure)}=${value}; Path=/; Max-Age=${maxAge}; SameSite=Lax${isSecure ? '; Secure' : ''}`
}

/** Keeps the choice from within a page. */
export function keepTheme(theme: Theme | 'system'): void {
	document.cookie = themeCookie(theme, window.location.protocol === 'https:')
}
