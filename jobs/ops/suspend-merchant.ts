import { resumeMerchant } from '../../app/commands/merchants/resume-merchant.server.ts'
import { suspendMerchant } from '../../app/commands/merchants/suspend-merchant.server.ts'
import { withDatabase } from './ops-database.ts'

/** In the audit record: somebody at the machine of the house. */
const ACTOR = 'job:ops'

const print = (text: string) => void process.stdout.write(`${text}\n`)

export const suspend = (url: string, merchantId: string, reason: string): Promise<number> =>
	withDatabase(url, async (db) => {
		const clock = { now: () => new Date() }
		const isNew = await suspendMerchant({ db, clock }, { merchantId, reason, actor: ACTOR })
		print(
			isNew
				? `${merchantId} takes no payments and changes nothing from now on.`
				: `${merchantId} was suspended already.`,
		)
		return 0
	})

export const resume = (url: string, merchantId: string): Promise<number> =>
	withDatabase(url, async (db) => {
		const isNew = await resumeMerchant({ db }, { merchantId, actor: ACTOR })
		print(isNew ? `${merchantId} takes payments again.` : `${merchantId} was not suspended.`)
		return 0
	})
