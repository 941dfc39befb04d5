import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { lockMethodSettings, writeMethodLimit, writeMethodSetting } from '#db/queries/method-settings.ts'
import type { DB } from '#db/schema.ts'
import { changesBetween } from '../../domain/audit/changes-between.ts'
import { isCountry } from '../../domain/countries/country.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { settingOf, type MerchantLimits, type MethodSetting } from '../../domain/methods/method-settings.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { METHOD_TITLES } from '../../domain/methods/method-words.ts'
import type { OfferingGateway } from '../../domain/methods/offer-methods.ts'
import { refuseLimits } from '../../domain/methods/refuse-limits.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'

type Decided = Omit<MethodSetting, 'gateway' | 'type'>

/** What to change; the rest stays as it is. */
export type MethodChange =
	| { readonly isOn: boolean }
	| { readonly countries: readonly string[] | null }
	| { readonly currency: string; readonly limits: MerchantLimits }

type Input = {
	merchantId: string
	gateway: string
	type: MethodType
	change: MethodChange
	actor: Cause
}

type Deps = { db: Kysely<DB>; gateways: { find(name: string): OfferingGateway | undefined } }

const invalid = (param: string, message: string) =>
	new DomainError('invalid', 'parameter_invalid', message, { param })

function changed(before: Decided, change: MethodChange): Decided {
	if ('isOn' in change) return { ...before, isOn: change.isOn }
	if ('countries' in change) {
		return { ...before, countries: change.countries && [...new Set(change.countries)].sort() }
	}
	const { [change.currency]: _, ...others } = before.limits
	const isGone = change.limits.minMinor === null && change.limits.maxMinor === null
	return { ...before, limits: isGone ? others : { ...others, [change.currency]: change.limits } }
}

/** As the audit record keeps it; limits as `usd 500–100000` in minor units. */
const asKept = ({ isOn, countries, limits }: Decided) => ({
	is_on: isOn,
	countries: countries ?? 'everywhere',
	limits: Object.entries(limits)
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([currency, { minMinor, maxMinor }]) => `${currency} ${minMinor ?? ''}–${maxMinor ?? ''}`)
		.join(', '),
})

function check({ find }: Deps['gateways'], { gateway, type, change }: Input): void {
	const terms = find(gateway)?.methods.find((method) => method.type === type)
	if (!terms) throw invalid('method', `${METHOD_TITLES[type]} is not offered by this gateway.`)
	if ('countries' in change) {
		const wrong = change.countries?.find(
			(country) => !isCountry(country) || terms.countries?.includes(country) === false,
		)
		if (wrong) throw invalid('countries', `${METHOD_TITLES[type]} cannot be offered in ${wrong}.`)
		if (change.countries?.length === 0) throw invalid('countries', 'Name at least one country.')
	}
	if ('limits' in change) {
		const refusal = refuseLimits(terms, change.currency, change.limits)
		if (refusal) throw invalid(refusal.param, refusal.message)
	}
}

/** Counts for every payment confirmed from now on. The change and its audit entry are one commit. */
export async function setMethod(deps: Deps, input: Input): Promise<void> {
	const { merchantId, gateway, type, change, actor } = input
	check(deps.gateways, input)
	const by = causeText(actor)
	await inTransaction(deps.db, async (tx) => {
		const before = settingOf(await lockMethodSettings(tx, merchantId), gateway, type)
		const after = changed(before, change)
		if (JSON.stringify(asKept(before)) === JSON.stringify(asKept(after))) return
		const scope = { merchantId, gateway, type }
		await writeMethodSetting(tx, scope, { ...after, by })
		if ('limits' in change) await writeMethodLimit(tx, scope, change.currency, change.limits)
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: by,
				action: 'payment_method.changed',
				subject_id: merchantId,
				payload: { gateway, method: type },
				...changesBetween(asKept(before), asKept(after)),
			},
		])
	})
}
