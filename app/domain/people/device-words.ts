const BROWSERS: readonly (readonly [string, RegExp])[] = [
	['Edge', /\bEdgA?\//],
	['Opera', /\bOPR\//],
	['Firefox', /\b(Firefox|FxiOS)\//],
	['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
	['Safari', /\bSafari\//],
]
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
	['iPhone', /\biPhone\b/],
	['iPad', /\biPad\b/],
	['Android', /\bAndroid\b/],
	['Windows', /\bWindows\b/],
	['Mac', /\bMac OS X\b/],
	['Linux', /\bLinux\b/],
]

const nameIn = (names: readonly (readonly [string, RegExp])[], text: string): string | undefined =>
	names.find(([, sign]) => sign.test(text))?.[0]

/** `Firefox on Linux`: for recognising a device of one's own. Browsers say what they like, so nothing is decided by it. */
export function deviceWords(userAgent: string | null): string {
	const browser = nameIn(BROWSERS, userAgent ?? '')
	const system = nameIn(SYSTEMS, userAgent ?? '')
	if (browser && system) return `${browser} on ${system}`
	return browser ?? system ?? 'A device that does not say what it is'
}
