import type { MethodType } from './method-terms.ts'

/** Smallest and largest amount of one payment, in minor units; null = what the gateway sets. */
export type MerchantLimits = { readonly minMinor: bigint | null; readonly maxMinor: bigint | null }

/** What a merchant decided about one method at one gateway. */
export type MethodSetting = {
	readonly gateway: string
	readonly type: MethodType
	readonly isOn: boolean
	/** Payers' countries, ISO 3166 alpha-2; null = all that the gateway takes. */
	readonly countries: readonly string[] | null
	/** By lowercase currency. */
	readonly limits: Readonly<Record<string, MerchantLimits>>
}

/** Of a method nobody decided anything about. */
export const UNDECIDED = { isOn: true, countries: null, limits: {} } as const satisfies Omit<
	MethodSetting,
	'gateway' | 'type'
>

export const settingOf = (
	settings: readonly MethodSetting[],
	gateway: string,
	type: MethodType,
): Omit<MethodSetting, 'gateway' | 'type'> =>
	settings.find((setting) => setting.gateway === gateway && setting.type === type) ?? UNDECIDED
