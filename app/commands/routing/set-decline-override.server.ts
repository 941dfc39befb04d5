import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import {
	dropDeclineOverride,
	lockDeclineOverride,
	writeDeclineOverride,
} from '#db/queries/decline-overrides.ts'
import { isNeverAgain, STANDARD_DECLINES, type Advice } from '../../domain/declines/standard-declines.ts'
import { changesBetween } from '../../domain/audit/changes-between.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

export type DeclineChange = {
	gateway: string
	code: string
	/** Null takes every change of this code back. */
	change: { words: string; advice: Advice; mayFallBack: boolean } | null
}
type Input = DeclineChange & { merchantId: string; actor: Cause }

/** Null where the default says the same: a later default then counts. */
const unless = <Value>(value: Value, same: Value): Value | null => (value === same ? null : value)

/** Step: what a merchant wants one code of a gateway to mean. Lost, stolen and suspected cards are never tried again. */
export async function setDeclineOverride(
	tx: Tx,
	{ gateways }: { gateways: Gateways },
	{ merchantId, actor, gateway, code, change }: Input,
): Promise<void> {
	const entry = gateways.find(gateway)?.declines.find((candidate) => candidate.code === code)
	if (!entry) throw new DomainError('not_found', 'code_not_found', `${gateway} has no code ${code}.`)
	const standard = STANDARD_DECLINES[entry.standard]
	if (change && isNeverAgain(entry.standard) && (change.mayFallBack || change.advice === 'retry_same')) {
		throw new DomainError(
			'invalid',
			'never_again',
			'A lost, stolen or suspected card is never tried again: neither here nor at another gateway.',
			{ param: change.mayFallBack ? 'may_fall_back' : 'advice' },
		)
	}
	const place = { merchantId, gateway, code }
	const before = await lockDeclineOverride(tx, place)
	const after = change && {
		words: unless<string>(change.words, standard.words),
		advice: unless<Advice>(change.advice, standard.advice),
		may_fall_back: unless<boolean>(change.mayFallBack, standard.mayFallBack),
	}
	const isChanged = after !== null && Object.values(after).some((value) => value !== null)
	if (!isChanged && !before) return
	const by = causeText(actor)
	if (isChanged) {
		await writeDeclineOverride(tx, {
			merchant_id: merchantId,
			gateway,
			code,
			standard_code: entry.standard,
			...after,
			edited_by: by,
		})
	} else await dropDeclineOverride(tx, place)
	const shown = before && { words: before.words, advice: before.advice, may_fall_back: before.may_fall_back }
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: by,
			action: isChanged ? 'decline_override.changed' : 'decline_override.reset',
			subject_id: merchantId,
			payload: { gateway, code },
			...changesBetween(shown ?? {}, isChanged ? after : {}),
		},
	])
}
