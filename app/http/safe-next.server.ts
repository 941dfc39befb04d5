const HERE = 'http://here.invalid'
const HOME = '/console'

/**
 * A path of ours, whatever was asked for: `//evil.test` and `/\evil.test` lead elsewhere in a browser, and `/.//evil.test`
 * becomes the first of them once its dots are resolved.
 */
export function safeNext(next: string | null): string {
	if (!next?.startsWith('/') || !URL.canParse(next, HERE)) return HOME
	const { origin, pathname, search } = new URL(next, HERE)
	const path = pathname + search
	return origin === HERE && !path.startsWith('//') ? path : HOME
}
