import { expect, test } from 'vitest'
import { renderLetter } from './render-letter.server.ts'

const LETTER = {
	to: 'ada@example.com',
	subject: 'Confirm your e-mail address',
	paragraphs: ['Hello Ada.', 'If this was not you, do nothing.'],
	action: { label: 'Confirm', url: 'https://pay.test/verify-email?token=a&b=c' },
}

test('text and HTML say the same, and both carry the link', () => {
	const { text, html } = renderLetter(LETTER)
	for (const body of [text, html]) expect(body).toContain('If this was not you, do nothing.')
	expect(text).toContain('https://pay.test/verify-email?token=a&b=c')
	expect(html).toContain('href="https://pay.test/verify-email?token=a&amp;b=c"')
})

test('a name of markup stays text', () => {
	const { html } = renderLetter({ ...LETTER, paragraphs: ['Hello <img src=x onerror="alert(1)">.'] })
	expect(html).not.toContain('<img')
	expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
})

test('a line break in a name begins no header', () => {
	const { subject } = renderLetter({ ...LETTER, subject: 'From Ada\r\nBcc: everybody@example.com' })
	expect(subject).toBe('From Ada Bcc: everybody@example.com')
})
