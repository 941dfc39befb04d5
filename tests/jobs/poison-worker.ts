import { parseEnv } from '#app/config/env.server.ts'
import { compose } from '#app/compose.server.ts'
import { lethal } from './poison.ts'

// A worker of its own that takes jobs which kill their process, so that a test survives them.
const services = await compose(parseEnv(process.env))
lethal(services, process.argv[2] ?? '')
process.stdout.write('working\n')
