import type { Letter } from '../contracts/mail.ts'

export type Rendered = { to: string; subject: string; text: string; html: string }

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')

/** Names come from people: in a header a line break would begin another header. */
const inOneLine = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()

const FOOTER = 'Tillhouse'
const PARAGRAPH = 'margin:0 0 16px'
const BUTTON =
	'display:inline-block;padding:10px 18px;border-radius:7px;background:#0e6b5c;color:#ffffff;text-decoration:none;font-weight:600'

function textOf({ paragraphs: [first = '', ...rest], action }: Letter): string {
	const link = action ? [`${action.label}:\n${action.url}`] : []
	return [first, ...link, ...rest, `-- \n${FOOTER}`].join('\n\n') + '\n'
}

function htmlOf({ subject, paragraphs: [first = '', ...rest], action }: Letter): string {
	const paragraph = (text: string) => `<p style="${PARAGRAPH}">${escaped(text)}</p>`
	const button = action
		? `<p style="${PARAGRAPH}"><a href="${escaped(action.url)}" style="${BUTTON}">${escaped(action.label)}</a></p>
<p style="${PARAGRAPH};color:#566071;font-size:13px">If the button does not work, open this address:<br>${escaped(action.url)}</p>`
		: ''
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(inOneLine(subject))}</title></head>
<body style="margin:0;padding:24px;background:#f7f8fa;color:#171a21;font:15px/1.5 -apple-system,'Segoe UI',sans-serif">
<div style="max-width:32rem;margin:0 auto;padding:24px;border:1px solid #e5e8ed;border-radius:10px;background:#ffffff;overflow-wrap:anywhere">
${paragraph(first)}
${button}
${rest.map(paragraph).join('\n')}
<p style="margin:24px 0 0;color:#566071;font-size:13px">${FOOTER}</p>
</div>
</body>
</html>
`
}

/** One layout for all, readable without HTML, without pictures, and with nothing that tells us it was opened. */
export const renderLetter = (letter: Letter): Rendered => ({
	to: letter.to,
	subject: inOneLine(letter.subject),
	text: textOf(letter),
	html: htmlOf(letter),
})
