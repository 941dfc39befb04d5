/** Everything written to standard output from now on, which goes nowhere else until it is given back. */
export function captureLog(): { text(): string; giveBack(): void } {
	const write = process.stdout.write.bind(process.stdout)
	let text = ''
	process.stdout.write = (chunk: Uint8Array | string) => {
		text += String(chunk)
		return true
	}
	return {
		text: () => text,
		giveBack() {
			process.stdout.write = write
		},
	}
}
