export type Theme = 'light' | 'dark'

/** The theme the person chose, or null to follow the system. */
export function themeFromCookie(cookie: string | null): Theme | null {
	const found = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(cookie ?? '')?.[1]
	return found === 'light' || found === 'dark' ? found : null
}
