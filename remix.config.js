/** The URL map: the table of contents of the app. */
export function routes(defineRoutes) {
	return defineRoutes((route) => {
		route('/', 'routes/marketing/home.tsx', { index: true })

		route('/integrity', 'routes/integrity/integrity.tsx')
		route('/shop', 'routes/shop/shop.tsx')
		route('/checkout/:sessionId', 'routes/checkout/checkout.tsx')
		route('/checkout/:sessionId/quote', 'routes/checkout/quote.ts')
		route('/checkout/:sessionId/confirm', 'routes/checkout/confirm.ts')
		route('/checkout/:sessionId/refresh', 'routes/checkout/refresh.ts')
		route('/checkout/:sessionId/abandon', 'routes/checkout/abandon.ts')
		route('/checkout/:sessionId/next-action', 'routes/checkout/next-action.ts')
		route('/checkout/:sessionId/stream', 'routes/streams/checkout.ts')
		route('/checkout/:sessionId/receipt', 'routes/checkout/receipt.tsx')

		route('/dev/mail', 'routes/dev/mail.tsx')

		route('/login', 'routes/auth/login.tsx')
		route('/login/verify', 'routes/auth/verify.tsx')
		route('/login/passkey', 'routes/auth/passkey.ts')
		route('/login/google', 'routes/auth/google.ts')
		route('/login/google/callback', 'routes/auth/google-callback.ts')
		route('/logout', 'routes/auth/logout.ts')
		route('/invitation', 'routes/auth/invitation.tsx')
		route('/signup', 'routes/auth/signup.tsx')
		route('/signup/google', 'routes/auth/google-signup.tsx')
		route('/verify-email', 'routes/auth/verify-email.tsx')
		route('/forgot-password', 'routes/auth/forgot-password.tsx')
		route('/reset-password', 'routes/auth/reset-password.tsx')
		route('/console/refunds/bulk', 'routes/console/bulk-refund.ts')
		route('/console/routing/gateways', 'routes/console/routing-gateways.ts')
		route('/console/routing/simulate', 'routes/console/routing-simulate.ts')
		route('/console/profile/passkey-offer', 'routes/console/passkey-offer.ts')
		route('/console/step-up', 'routes/console/step-up.ts')
		route('/console/audit/download', 'routes/console/audit-download.ts')
		route('/console/privacy/:payerId/export', 'routes/console/payer-export.ts')
		route('/console/stream', 'routes/streams/console.ts')
		route('/console/attention/count', 'routes/console/attention-count.ts')
		route('/console/switch-merchant', 'routes/console/switch-merchant.ts')
		route('/console', 'routes/console/layout.tsx', () => {
			route('', 'routes/console/overview.tsx', { index: true })
			route('payments', 'routes/console/payments.tsx')
			route('payments/:paymentId', 'routes/console/payment-detail.tsx')
			route('reconciliation', 'routes/console/reconciliation.tsx')
			route('attention', 'routes/console/attention.tsx')
			route('refunds', 'routes/console/refunds.tsx')
			route('settings/refunds', 'routes/console/refund-settings.tsx')
			route('settings/currencies', 'routes/console/currency-settings.tsx')
			route('settings/api-keys', 'routes/console/api-keys.tsx')
			route('settings/team', 'routes/console/team.tsx')
			route('settings/payment-methods', 'routes/console/payment-methods.tsx')
			route('audit', 'routes/console/audit.tsx')
			route('privacy', 'routes/console/privacy.tsx')
			route('privacy/:payerId', 'routes/console/payer.tsx')
			route('profile', 'routes/console/profile.tsx')
			route('routing', 'routes/console/routing.tsx')
			route('queues', 'routes/console/queues.tsx')
			route('queues/:queue', 'routes/console/queue.tsx')
			route('queues/:queue/jobs/:jobId', 'routes/console/queue-job.tsx')
			route('profile/security', 'routes/console/security.tsx')
			route('disputes', 'routes/console/disputes.tsx')
			route('disputes/:disputeId', 'routes/console/dispute-detail.tsx')
		})

		// The API: one file per canonical path, one line per alias.
		for (const [base, alias] of [
			['/api/v1', ''],
			['/api', 'alias:'],
		]) {
			const api = (path, file) => route(`${base}/${path}`, `routes/api/${file}`, { id: `${alias}${file}` })
			api('payments', 'v1/payments.ts')
			api('payments/:id', 'v1/payment.ts')
			api('payments/:id/confirm', 'v1/payment-confirm.ts')
			api('payments/:id/capture', 'v1/payment-capture.ts')
			api('payments/:id/cancel', 'v1/payment-cancel.ts')
			api('payments/:id/approve', 'v1/payment-approve.ts')
			api('payments/:id/reject', 'v1/payment-reject.ts')
			api('payments/:id/refund', 'v1/payment-refund.ts')
			api('reconciliation', 'v1/reconciliation.ts')
			api('reconciliation/differences', 'v1/reconciliation-differences.ts')
			api('refunds', 'v1/refunds.ts')
			api('refunds/bulk', 'v1/refunds-bulk.ts')
			api('refunds/:id', 'v1/refund.ts')
			api('refunds/:id/cancel', 'v1/refund-cancel.ts')
			api('disputes', 'v1/disputes.ts')
			api('disputes/:id', 'v1/dispute.ts')
			api('disputes/:id/evidence', 'v1/dispute-evidence.ts')
			api('disputes/:id/accept', 'v1/dispute-accept.ts')
			api('payment-methods', 'v1/payment-methods.ts')
			api('api-keys', 'v1/api-keys.ts')
			api('api-keys/:id', 'v1/api-key.ts')
			api('api-keys/:id/roll', 'v1/api-key-roll.ts')
			api('auth/signup', 'v1/auth-signup.ts')
			api('auth/verify-email', 'v1/auth-verify-email.ts')
			api('auth/resend-verification', 'v1/auth-resend-verification.ts')
			api('auth/forgot-password', 'v1/auth-forgot-password.ts')
			api('auth/reset-password', 'v1/auth-reset-password.ts')
			api('auth/login', 'v1/auth-login.ts')
			api('auth/refresh', 'v1/auth-refresh.ts')
			api('auth/logout', 'v1/auth-logout.ts')
			api('auth/logout-everywhere', 'v1/auth-logout-everywhere.ts')
			api('users/me', 'v1/me.ts')
			api('users/me/preferences', 'v1/my-preferences.ts')
			api('fx/rates', 'v1/fx-rates.ts')
			api('fx/quotes', 'v1/fx-quotes.ts')
			api('events', 'v1/events.ts')
			api('routing/rules', 'v1/routing-rules.ts')
			api('routing/simulate', 'v1/routing-simulate.ts')
			api('gateways', 'v1/gateways.ts')
			api('team/members', 'v1/team-members.ts')
			api('team/members/:id', 'v1/team-member.ts')
			api('team/invitations', 'v1/team-invitations.ts')
			api('team/invitations/:id', 'v1/team-invitation.ts')
			api('team/roles', 'v1/team-roles.ts')
			api('team/roles/:id', 'v1/team-role.ts')
			api('attention', 'v1/attention.ts')
			api('attention/:id/settle', 'v1/attention-settle.ts')
			api('attention/:id/retry', 'v1/attention-retry.ts')
			api('audit', 'v1/audit.ts')
			api('privacy/find', 'v1/privacy-find.ts')
			api('privacy/payers/:id', 'v1/privacy-payer.ts')
			api('privacy/payers/:id/export', 'v1/privacy-payer-export.ts')
			api('privacy/payers/:id/erase', 'v1/privacy-payer-erase.ts')
			api('privacy/requests', 'v1/privacy-requests.ts')
			api('transactions/:id/audit-logs', 'v1/transaction-audit-logs.ts')
			api('queue/stats', 'v1/queue-stats.ts')
			api('queue/status', 'v1/queue-status.ts')
			api('queue/jobs/:id/retry', 'v1/queue-job-retry.ts')
			api('integrity', 'v1/integrity.ts')
			api('webhooks/:gateway', 'webhooks/gateway.ts')
			api('health', 'v1/health.ts')
		}
		route('/api/auth/register', 'routes/api/v1/auth-signup.ts', { id: 'register:signup' })
		route('/users/register', 'routes/api/v1/auth-signup.ts', { id: 'users-register:signup' })
		route('/users/login', 'routes/api/v1/auth-login.ts', { id: 'users-login:login' })
		route('/api/users/profile', 'routes/api/v1/me.ts', { id: 'profile:me' })
		route('/status', 'routes/api/v1/queue-status.ts', { id: 'root:queue-status' })
		route('/retry/:id', 'routes/api/v1/queue-job-retry.ts', { id: 'root:queue-job-retry' })
		route('/admin/queues', 'routes/console/admin-queues.ts')
		route('/health', 'routes/api/v1/health.ts', { id: 'root:health' })
		route('/api/v1/stream', 'routes/streams/api.ts')
		route('/stream', 'routes/streams/api.ts', { id: 'root:stream' })
		route('/api/*', 'routes/api/v1/not-found.ts')
	})
}

/**
 * The Vite plugin never reads this file by itself: vite.config.ts passes it on.
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
	appDirectory: 'app',
	serverModuleFormat: 'esm',
	// Only the table above makes routes, never the folder.
	ignoredRouteFiles: ['**/*'],
	routes,
	future: {
		v3_fetcherPersist: true,
		v3_lazyRouteDiscovery: true,
		v3_relativeSplatPath: true,
		v3_singleFetch: true,
		v3_throwAbortReason: true,
		unstable_optimizeDeps: true,
	},
}
