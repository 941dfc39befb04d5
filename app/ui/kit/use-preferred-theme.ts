import { useEffect } from 'react'
import { keepTheme, themeFromCookie, type Theme } from './theme.ts'

/** On a device that has not been asked, the choice made on another one counts. */
export function usePreferredTheme(preferred: Theme | 'system'): void {
	useEffect(() => {
		if (preferred === 'system' || themeFromCookie(document.cookie) !== null) return
		document.documentElement.dataset['theme'] = preferred
		keepTheme(preferred)
	}, [preferred])
}
