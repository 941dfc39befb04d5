export type Theme = 'light' | 'dark'

/** The theme the person chose, or null to follow the system. */
export function themeFromCookie(cookie: string | null): Theme | null {
	const found = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(cookie ?? '')?.[1]
	return found === 'light' || found === 'dark' ? found : null
}

const YEAR_SECONDS = 31_536_000

/** The cookie of a choice; following the system is having none. */
export const themeCookie = (theme: Theme | 'system'): string =>
	theme === 'system'
		? 'theme=; Path=/; Max-Age=0; SameSite=Lax'
		: `theme=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`
