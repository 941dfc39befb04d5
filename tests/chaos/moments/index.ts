import { ACCEPTANCE } from './acceptance.ts'
import { CHARGING } from './charge.ts'
import { MESSAGES } from './messages.ts'
import type { Moment } from './moment.ts'
import { REFUNDING } from './refunds.ts'
import { SCHEDULES } from './schedules.ts'

/** K14, an outgoing webhook, is not here: nothing sends one yet. */
export const MOMENTS: readonly Moment[] = [
	...ACCEPTANCE,
	...CHARGING,
	...MESSAGES,
	...REFUNDING,
	...SCHEDULES,
]
