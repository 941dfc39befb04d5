import { createHash, randomUUID } from 'node:crypto'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import type { ClientActionFunctionArgs } from '@remix-run/react'
import { exceedsRefundLimit } from '#app/commands/refunds/exceeds-limit.server.ts'
import { refundInBulk } from '#app/commands/refunds/refund-in-bulk.server.ts'
import type { BulkOutcome, BulkQuote } from '#app/contracts/console.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp } from '#app/http/step-up.server.ts'
import { presentBulkQuote } from '#app/presenters/bulk-quote.server.ts'
import { BulkForm, MOST_IN_BULK, type BulkAnswer } from '#app/ui/console/bulk-form.ts'

const PAGE = CONSOLE_PAGES['/console/refunds/bulk']

/** What a refund of the chosen payments would do. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<BulkQuote> {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const ids = new URL(request.url).searchParams.getAll('payment').slice(0, MOST_IN_BULK)
	return { key: randomUUID(), ...(await presentBulkQuote(services, { merchantId, ids })) }
}

/** Refunds what is left of each. The form's key makes a repeat find what was made. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { merchantId, userId, grant, services } = await requireMember(request, context, PAGE.act.refund)
	const form = await request.formData()
	const parsed = BulkForm.safeParse({
		key: form.get('key'),
		reason: form.get('reason'),
		payments: form.getAll('payment'),
	})
	if (!parsed.success) {
		const message = 'The form was not complete. Nothing was refunded; please try again.'
		return data<BulkAnswer>({ ok: false, message }, { status: 400 })
	}
	const { key, reason, payments } = parsed.data
	const rows = payments.map((paymentId) => ({ paymentId, amountMinor: null, reason }))
	const isLarge = await exceedsRefundLimit(services, { merchantId, refunds: rows })
	const asked = isLarge ? await requireStepUp(request, context, { userId }) : null
	if (asked) return asked
	try {
		const results = await refundInBulk(services, {
			merchantId,
			actor: { kind: 'console', ref: userId },
			grant,
			route: `CONSOLE /refunds/bulk/${userId}/${key}`,
			fingerprint: createHash('sha256')
				.update(JSON.stringify([reason, payments]))
				.digest(),
			rows,
		})
		const outcomes = results.map(({ refund, error }, index): BulkOutcome => ({
			paymentId: payments[index] ?? '',
			refund,
			message: error?.message ?? null,
		}))
		return data<BulkAnswer>({ ok: true, outcomes })
	} catch (error) {
		if (!isDomainError(error)) throw error
		return data<BulkAnswer>({ ok: false, message: error.message }, { status: 409 })
	}
}

/** Without an answer the dialog stays, with the same key. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<BulkAnswer> {
	try {
		return (await serverAction<BulkAnswer>()) as BulkAnswer
	} catch (error) {
		if (error instanceof Response) throw error
		const message = 'No answer came back. Send it again: what was refunded already is not refunded twice.'
		return { ok: false, message }
	}
}
