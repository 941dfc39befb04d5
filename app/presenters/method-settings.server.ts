import type { Kysely } from 'kysely'
import { namesOfActors } from '#db/queries/actors.ts'
import { listMethodSettings, type MethodSettingRow } from '#db/queries/method-settings.ts'
import type { DB } from '#db/schema.ts'
import type { MethodRow } from '../contracts/method-settings.ts'
import { settingOf } from '../domain/methods/method-settings.ts'
import type { MethodTerms } from '../domain/methods/method-terms.ts'
import { METHOD_ORDER, METHOD_TITLES } from '../domain/methods/method-words.ts'
import type { OfferingGateway } from '../domain/methods/offer-methods.ts'
import { toDecimal } from '../domain/money/money.ts'
import { causeFromText } from '../domain/payments/cause.ts'

type Deps = { db: Kysely<DB>; gateways: { readonly all: readonly OfferingGateway[] } }

/** What connects a gateway, for whoever installs the house. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
	stripe: ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY'],
	paypal: ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET'],
}

const FEW = 3

const takenCountries = ({ countries }: MethodTerms): string => {
	if (countries === null) return 'everywhere'
	return countries.length <= FEW ? countries.join(', ') : `${countries.length} countries`
}

function rowOf(
	gateway: OfferingGateway,
	terms: MethodTerms,
	settings: readonly MethodSettingRow[],
	names: ReadonlyMap<string, string>,
): MethodRow {
	const { isOn, countries, limits } = settingOf(settings, gateway.name, terms.type)
	const row = settings.find((setting) => setting.gateway === gateway.name && setting.type === terms.type)
	const text = (minor: bigint | null, currency: string) =>
		minor === null ? '' : toDecimal({ minor, currency })
	return {
		gateway: gateway.name,
		gatewayTitle: gateway.title,
		type: terms.type,
		title: METHOD_TITLES[terms.type],
		state: gateway.state,
		missing: gateway.state === 'missing_key' ? [...(KEYS[gateway.name] ?? [])] : [],
		isOn,
		countries: countries && [...countries],
		gatewayCountries: takenCountries(terms),
		currencies: Object.keys(terms.limits).sort(),
		limits: Object.entries(limits).map(([currency, { minMinor, maxMinor }]) => ({
			currency,
			min: text(minMinor, currency),
			max: text(maxMinor, currency),
		})),
		changed: row
			? {
					by: names.get(causeFromText(row.updatedBy).ref ?? '') ?? 'A former colleague',
					at: row.updatedAt.getTime(),
				}
			: null,
	}
}

/** Every method of every gateway, in the order in which pages list methods, with the merchant's decisions. */
export async function presentMethodSettings(
	{ db, gateways }: Deps,
	merchantId: string,
): Promise<MethodRow[]> {
	const settings = await listMethodSettings(db, merchantId)
	const ids = settings.flatMap(({ updatedBy }) => causeFromText(updatedBy).ref ?? [])
	const names = await namesOfActors(db, { merchantId, ids })
	return METHOD_ORDER.flatMap((type) =>
		gateways.all.flatMap((gateway) => {
			const terms = gateway.methods.find((method) => method.type === type)
			return terms ? [rowOf(gateway, terms, settings, names)] : []
		}),
	)
}
