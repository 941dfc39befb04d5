import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { action as keysAction } from '#app/routes/console/api-keys.tsx'
import { action as limitsAction } from '#app/routes/console/refund-settings.tsx'
import { action as stepUpAction } from '#app/routes/console/step-up.ts'
import { action as teamAction } from '#app/routes/console/team.tsx'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from '../../http/kept-rows.ts'
import { addPerson, growStale, logIn, PASSWORD, type Person } from './people.ts'

type Form = Record<string, string>
type Page = '/console/settings/team' | '/console/settings/api-keys' | '/console/settings/refunds'
type Acts = { [P in Page]: keyof (typeof CONSOLE_PAGES)[P]['act'] }

const ACTIONS = {
	'/console/settings/team': teamAction,
	'/console/settings/api-keys': keysAction,
	'/console/settings/refunds': limitsAction,
}

const NOBODY = 'usr_nobody'
const role = { name: 'Night desk', permission: 'payments.read' }

/** What whoever holds a stolen session would do first; an act that is not here does not compile. */
const FORMS: { readonly [P in Page]: Readonly<Record<Acts[P], Form>> } = {
	'/console/settings/team': {
		invite: { email: 'nina@example.com', role: 'support' },
		resend: { id: NOBODY },
		revoke: { id: NOBODY },
		set_role: { id: NOBODY, role: 'support' },
		remove: { id: NOBODY },
		leave: {},
		create_role: role,
		change_role: { id: NOBODY, ...role },
		delete_role: { id: NOBODY },
	},
	'/console/settings/api-keys': {
		create: { kind: 'publishable', name: 'Shop' },
		roll: { key: 'key_nobody', overlap: '0' },
		revoke: { key: 'key_nobody', reason: 'It was in a log' },
	},
	'/console/settings/refunds': { set: { currency: 'eur', amount: '5.00' } },
}

/** What takes rights away from whoever stole a key may not wait for a proof. */
const AT_ONCE = new Set(['/console/settings/api-keys revoke'])

const ROWS = (Object.keys(FORMS) as Page[]).flatMap((page) =>
	Object.entries(FORMS[page]).map(([intent, form]) => ({ page, intent, form: { intent, ...form } })),
)

let house: House
let person: Person
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())
beforeEach(async () => {
	person = await addPerson(house)
	await logIn(person)
})

const ask = ({ page, form }: (typeof ROWS)[number]) => {
	const own: Form = form.intent === 'leave' ? { ...form, id: person.userId } : form
	return person.browser.post(ACTIONS[page], page, own)
}

const ASKING = ROWS.filter(({ page, intent }) => !AT_ONCE.has(`${page} ${intent}`))

describe('with a proof that is too old', () => {
	test.each(ASKING)('$intent at $page asks for another one, and does nothing until then', async (row) => {
		await growStale(house, person)
		const before = await countRows(house)
		expect(await ask(row)).toMatchObject({ status: 403, data: { ok: false, stepUp: { password: true } } })
		expect(await countRows(house)).toEqual(before)
		expect((await person.browser.post(stepUpAction, '/console/step-up', { password: PASSWORD })).status).toBe(
			200,
		)
		expect((await ask(row)).data).not.toHaveProperty('stepUp')
	})

	test('a key is revoked without: there is no time to lose', async () => {
		await growStale(house, person)
		const [row] = ROWS.filter(({ page, intent }) => AT_ONCE.has(`${page} ${intent}`))
		expect(await ask(row!)).toMatchObject({ status: 404, data: { field: null } })
	})
})
