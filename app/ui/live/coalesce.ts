/** First call at once, then at most one every `everyMs`; a call in between is made up for at the end. */
export function coalesce(work: () => void, everyMs: number) {
	let timer: ReturnType<typeof setTimeout> | undefined
	let waiting = false
	const run = () => {
		waiting = false
		timer = setTimeout(() => {
			timer = undefined
			if (waiting) run()
		}, everyMs)
		work()
	}
	return {
		call() {
			if (timer === undefined) run()
			else waiting = true
		},
		cancel() {
			clearTimeout(timer)
			timer = undefined
			waiting = false
		},
	}
}
