type Methods = {
	readonly gateway: string
	readonly payment_method: string | null
	readonly fallback_methods: Readonly<Record<string, string>>
}

/** A payment's methods once another gateway is to charge it: the named method is always the named gateway's. */
export function handOver(
	{ gateway, payment_method, fallback_methods }: Methods,
	to: string,
): { gateway: string; payment_method: string | null; fallback_methods: Record<string, string> } {
	const { [to]: chosen, ...others } = fallback_methods
	if (to === gateway || chosen === undefined) {
		return { gateway, payment_method, fallback_methods: { ...fallback_methods } }
	}
	return {
		gateway: to,
		payment_method: chosen,
		fallback_methods: { ...others, ...(payment_method !== null && { [gateway]: payment_method }) },
	}
}

/** The card as each gateway knows it. */
export const tokensOf = ({ gateway, payment_method, fallback_methods }: Methods): Record<string, string> => ({
	...fallback_methods,
	...(payment_method !== null && { [gateway]: payment_method }),
})
