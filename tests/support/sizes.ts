/** The large counts: hours of machine time for what the small ones can only sample. */
const IS_NIGHTLY = process.env['CHAOS_NIGHTLY'] === '1'

/** How often to do something: `usual` with every change, `nightly` with CHAOS_NIGHTLY=1. */
export const times = (usual: number, nightly: number): number => (IS_NIGHTLY ? nightly : usual)

/** A test that only counts differ in: seconds it may take, scaled with the count. */
export const patience = (usualSeconds: number): { timeout: number } => ({
	timeout: usualSeconds * (IS_NIGHTLY ? 40 : 1) * 1_000,
})
