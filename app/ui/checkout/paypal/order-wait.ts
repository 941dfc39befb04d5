type Stage = 'none' | 'waiting' | 'shown' | 'closed' | 'refused'

/**
 * PayPal's button opens its window first and then asks for an order, which our payment has a moment later. One object
 * a page joins the two; a browser has one such window at most.
 */
export type OrderWait = ReturnType<typeof createOrderWait>

export function createOrderWait() {
	let stage: Stage = 'none'
	let answer: { resolve: (orderId: string) => void; reject: (why: Error) => void } | null = null

	function enter(next: Stage): Stage {
		const before = stage
		stage = next
		return before
	}

	return {
		/** The window is open. Resolves with the name of the order to show in it. */
		begin(): Promise<string> {
			answer?.reject(new Error('another try has begun'))
			enter('waiting')
			return new Promise((resolve, reject) => (answer = { resolve, reject }))
		},
		/** What became of the window: in `none` the browser goes to PayPal as a whole. */
		give(orderId: string): 'shown' | 'closed' | 'none' {
			const before = enter(stage === 'waiting' ? 'shown' : 'none')
			answer?.resolve(orderId)
			answer = null
			return before === 'waiting' ? 'shown' : before === 'closed' ? 'closed' : 'none'
		},
		/** No order will come: the window closes by itself, and calls that an error. */
		refuse(): void {
			enter(stage === 'waiting' ? 'refused' : 'none')
			answer?.reject(new Error('no order was made'))
			answer = null
		},
		/** The payer closed the window; the order may still be on its way. Says what the window was at. */
		close: (): Stage => enter(stage === 'waiting' ? 'closed' : 'none'),
		/** The window is done. Says what it was at. */
		end: (): Stage => enter('none'),
	}
}
