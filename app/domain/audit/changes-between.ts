type Values = Readonly<Record<string, unknown>>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Only what differs, as it was and as it is; a name that is on one side only is null on the other. */
export function changesBetween<V extends Values>(
	before: V,
	after: V,
): { before: Partial<V>; after: Partial<V> } {
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
		(name) => !same(before[name] ?? null, after[name] ?? null),
	)
	const of = (values: V) =>
		Object.fromEntries(names.map((name) => [name, values[name] ?? null])) as Partial<V>
	return { before: of(before), after: of(after) }
}
