import { parseEnv } from '#app/config/env.server.ts'
import { compose } from '#app/compose.server.ts'
import { startWorker } from '#jobs/worker.ts'

// A worker as it runs in production, alone in its process, so that a test can kill it.
await startWorker(await compose(parseEnv(process.env)))
process.stdout.write('working\n')
