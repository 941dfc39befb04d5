import { sealUnsealed, type SealDeps } from '#app/commands/privacy/seal-unsealed.server.ts'
import { sealPersonalData } from '#jobs/catalog/privacy.ts'
import { handles } from './handles.ts'

/** Safe to run twice, and in several places: each batch is locked, and leaves the table when it is sealed. */
export default handles(sealPersonalData, async (deps: SealDeps) => {
	await sealUnsealed(deps)
	return 'done'
})
