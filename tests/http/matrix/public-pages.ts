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
	'/login/verify',
	'/login/passkey',
	'/login/google',
	'/login/google/callback',
	'/logout',
	'/invitation',
	'/signup',
	'/signup/google',
	'/verify-email',
	'/forgot-password',
	'/reset-password',
	'/users/register',
	'/users/login',
	'/dev/mail',
	// Leads to a page that asks.
	'/admin/queues',
])

/** Of the person themselves: whoever is logged in, whatever their role. */
export const OWN_PAGES: ReadonlySet<string> = new Set([
	'/console/profile/security',
	'/console/profile/passkey-offer',
	'/console/step-up',
	'/console/profile',
	'/console/switch-merchant',
])
