/** Pages that ask nobody who they are. An order's id is all a shopper needs. */
export const PUBLIC_PAGES: ReadonlySet<string> = new Set([
	'/',
	'/integrity',
	'/shop',
	'/checkout/:sessionId',
	'/checkout/:sessionId/quote',
	'/checkout/:sessionId/confirm',
	'/checkout/:sessionId/refresh',
	'/checkout/:sessionId/abandon',
	'/checkout/:sessionId/next-action',
	'/checkout/:sessionId/stream',
	'/checkout/:sessionId/receipt',
	'/login',
	'/logout',
	'/dev/mail',
])
