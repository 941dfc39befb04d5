import type { Kysely } from 'kysely'
import { namesOfActors } from '#db/queries/actors.ts'
import { listDeclineOverrides, toOverride, type DeclineOverrideRow } from '#db/queries/decline-overrides.ts'
import type { DB } from '#db/schema.ts'
import type { DeclineRow } from '../contracts/routing.ts'
import { applyOverride } from '../domain/declines/read-decline.ts'
import { isNeverAgain } from '../domain/declines/standard-declines.ts'
import type { Gateways } from '../domain/gateways/ports.ts'
import { causeFromText } from '../domain/payments/cause.ts'

const refOf = (row: DeclineOverrideRow): string => causeFromText(row.edited_by).ref ?? ''

/** The error map of a merchant: every code of every gateway, with what they changed. */
export async function presentDeclineRows(
	{ db, gateways }: { db: Kysely<DB>; gateways: Gateways },
	merchantId: string,
): Promise<DeclineRow[]> {
	const overrides = await listDeclineOverrides(db, merchantId)
	const names = await namesOfActors(db, { merchantId, ids: overrides.map(refOf) })
	return gateways.all.flatMap(({ name, title, declines }) =>
		declines.map(({ code, standard }): DeclineRow => {
			const row = overrides.find((candidate) => candidate.gateway === name && candidate.code === code)
			const verdict = applyOverride(standard, row && toOverride(row))
			return {
				gateway: name,
				gatewayTitle: title,
				code,
				standard,
				class: verdict.class,
				words: verdict.words,
				advice: verdict.advice,
				mayFallBack: verdict.mayFallBack,
				isLocked: isNeverAgain(standard),
				changed: row
					? { by: names.get(refOf(row)) ?? 'A former colleague', at: row.edited_at.getTime() }
					: null,
			}
		}),
	)
}
