import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
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
		reset_factors: { id: 'usr_nobody' },
		require_factor: { required: 'no' },
	},
	'/console/settings/api-keys': {
		create: { kind: 'publishable', name: 'Shop' },
		roll: { key: 'key_nobody', overlap: '0' },
		revoke: { key: 'key_nobody', reason: 'It was in a log' },
	},
	'/console/settings/refunds': { set: { currency: 'eur', amount: '5.00' } },
}

type Row = { page: Page; form: Form & { intent: string } }

const ROWS: Row[] = (Object.keys(FORMS) as Page[]).flatMap((page) =>
	Object.entries(FORMS[page]).map(([intent, form]) => ({ page, form: { ...form, intent } })),
)

/** A key that leaked must go at once. */
const waitsForNothing = ({ page, form }: Row) =>
	page === '/console/settings/api-keys' && form.intent === 'revoke'

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

const ask = ({ page, form }: Row) => {
	const own: Form = form.intent === 'leave' ? { ...form, id: person.userId } : form
	return person.browser.post(ACTIONS[page], page, own)
}

describe('with a proof that is too old', () => {
	test.each(ROWS.filter((row) => !waitsForNothing(row)))(
		'$form.intent at $page asks for another one, and does nothing until then',
		async (row) => {
			await growStale(house, person)
			const before = await countRows(house)
			expect(await ask(row)).toMatchObject({ status: 403, data: { ok: false, stepUp: { password: true } } })
			expect(await countRows(house)).toEqual(before)
			const proven = await person.browser.post(stepUpAction, '/console/step-up', { password: PASSWORD })
			expect(proven.status).toBe(200)
			expect((await ask(row)).data).not.toHaveProperty('stepUp')
		},
	)

	test.each(ROWS.filter(waitsForNothing))('$form.intent at $page asks for none', async (row) => {
		await growStale(house, person)
		expect(await ask(row)).toMatchObject({ status: 404, data: { field: null } })
	})
})
