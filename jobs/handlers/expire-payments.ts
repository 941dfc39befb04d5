import { expirePayments as expire, type ExpireDeps } from '#app/commands/payments/expire-payments.server.ts'
import { expirePayments } from '#jobs/catalog/payments.ts'
import { handles } from './handles.ts'

/** Safe to run twice: what has been ended is no longer overdue. */
export default handles(expirePayments, async (deps: ExpireDeps, _payload, fetched) => {
	await expire(deps, fetched.job.id)
	return 'done'
})
