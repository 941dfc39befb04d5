import { tidyAttention as tidy } from '#app/commands/attention/tidy-attention.server.ts'
import { tidyAttention } from '#jobs/catalog/integrity.ts'
import { handles } from './handles.ts'

type Deps = Parameters<typeof tidy>[0]

/** Safe to run twice: what is closed stays closed. */
export default handles(tidyAttention, async (deps: Deps, _payload, fetched) => {
	await tidy(deps, fetched.job.id)
	return 'done'
})
