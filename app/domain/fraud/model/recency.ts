/** Fraud changes its ways: what happened this much earlier counts half. Measured (docs/decisions/041). */
const HALF_LIFE_MS = 7 * 86_400_000

export const recencyWeight = (ageMs: number): number => 2 ** (-ageMs / HALF_LIFE_MS)
