import { expect, test } from 'vitest'
import { themeCookie, themeFromCookie } from './theme.ts'

test('over https the cookie is this host’s alone and never sent in the clear', () => {
	for (const theme of ['light', 'dark', 'system'] as const) {
		const cookie = themeCookie(theme, true)
		expect(cookie).toMatch(/^__Host-theme=(light|dark)?; Path=\/; Max-Age=\d+; SameSite=Lax; Secure$/)
		expect(cookie).not.toContain('Domain')
	}
	expect(themeCookie('dark', false)).toMatch(/^theme=dark; Path=\/; Max-Age=31536000; SameSite=Lax$/)
})

test('either name is read, and only what can be a theme', () => {
	expect(themeFromCookie('sid=x; __Host-theme=dark')).toBe('dark')
	expect(themeFromCookie('theme=light')).toBe('light')
	expect(themeFromCookie('theme=; sid=theme=dark')).toBeNull()
	expect(themeFromCookie('mytheme=dark')).toBeNull()
	expect(themeFromCookie(null)).toBeNull()
})
