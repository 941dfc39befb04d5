import type { RunContext } from '../context.ts'
import type { Outcome } from '../figure.ts'
import { runGatewayFaults } from './gateway-faults.ts'
import { runKills } from './kills.ts'
import { runRestarts } from './restarts.ts'
import { runShutdowns } from './shutdowns.ts'
import { runWebhooks } from './webhooks.ts'

export type Run = { name: string; title: string; run: (context: RunContext) => Promise<Outcome> }

export const RUNS: readonly Run[] = [
	{ name: 'R1', title: 'instances killed at K1–K18', run: runKills },
	{ name: 'R2', title: 'PostgreSQL shut down and cut off under load', run: runShutdowns },
	{ name: 'R3', title: 'a gateway that fails three calls in ten', run: runGatewayFaults },
	{ name: 'R4', title: 'webhooks shuffled, tripled, forged', run: runWebhooks },
	{ name: 'R10', title: 'instances replaced under load', run: runRestarts },
]
