import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { suspendMerchant } from '#app/commands/merchants/suspend-merchant.server.ts'
import { CONSOLE_PAGES, type ConsolePage } from '#app/domain/access/console-pages.ts'
import { grantOfRole, may } from '#app/domain/access/grant.ts'
import { OF_THE_HOUSE, READS, type Permission } from '#app/domain/access/permissions.ts'
import { ROLES } from '#app/domain/access/roles.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { countRows } from './kept-rows.ts'
import { askPage } from './matrix/ask-page.ts'
import { CONSOLE_FORMS, paramsOf } from './matrix/console-samples.ts'
import { OWN_PAGES, PUBLIC_PAGES } from './matrix/public-pages.ts'
import { pageRoutes } from './matrix/route-table.ts'
import { addPerson } from './people.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

type Form = Readonly<Record<string, string>>
type Row = { name: string; page: ConsolePage; file: string; asks: readonly Permission[]; form: Form | null }

const isTabled = (path: string): path is ConsolePage => Object.hasOwn(CONSOLE_PAGES, path)
/** The frame around the pages of the console shares the path of the first one, and shows itself to everybody on the team. */
const FRAME = 'routes/console/layout.tsx'

const ROWS: Row[] = pageRoutes().flatMap(({ path, file }): Row[] => {
	if (!isTabled(path) || file === FRAME) return []
	const page: { read: Permission; act?: Record<string, Permission> } = CONSOLE_PAGES[path]
	const forms: Record<string, Form> = CONSOLE_FORMS[path]
	return [
		{ name: `reading ${path}`, page: path, file, asks: [page.read], form: null },
		...Object.entries(page.act ?? {}).map(([act, asks]): Row => ({
			name: `${act} at ${path}`,
			page: path,
			file,
			asks: [page.read, asks],
			form: forms[act] ?? {},
		})),
	]
})

const ask = ({ page, file, form }: Row, cookie: string | null) => {
	const params = paramsOf(page)
	const path = page.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '')
	return askPage(house, { file, path, params, cookie, form })
}

/** What only takes forms cannot be read at all. */
const refusedWith = ({ form }: Row, ...statuses: number[]) => [...statuses, ...(form ? [] : [null])]

test('every page of remix.config.js is in the table of the console, or asks nobody', () => {
	const paths = pageRoutes().map(({ path }) => path)
	expect(paths.filter((path) => !isTabled(path) && !PUBLIC_PAGES.has(path) && !OWN_PAGES.has(path))).toEqual(
		[],
	)
	expect(Object.keys(CONSOLE_PAGES).filter((path) => !paths.includes(path))).toEqual([])
})

test('whatever takes a form says in the table what each form asks for', async () => {
	for (const { path, file } of pageRoutes().filter(({ file }) => file.startsWith('routes/console/'))) {
		if (!isTabled(path) || file === FRAME) continue
		const { action } = (await import(join(process.cwd(), 'app', file))) as { action?: unknown }
		expect(action !== undefined, path).toBe('act' in CONSOLE_PAGES[path])
	}
})

describe('whoever is not logged in', () => {
	const ended = async (change: 'expires_at' | 'last_seen_at'): Promise<string> => {
		const { userId, cookie } = await addPerson(house, { role: 'owner' })
		const at = new Date(Date.now() - 31 * 60_000)
		await house.owner
			.updateTable('sessions')
			.set({ [change]: at })
			.where('user_id', '=', userId)
			.execute()
		return cookie
	}

	test.each(ROWS)('because the session is over is sent away: $name', async (row) => {
		const before = await countRows(house)
		for (const cookie of [expired, idle]) expect(refusedWith(row, 302, 401)).toContain(await ask(row, cookie))
		expect(await countRows(house)).toEqual(before)
	})

	let expired: string
	let idle: string
	beforeAll(async () => {
		expired = await ended('expires_at')
		idle = await ended('last_seen_at')
	})
})

describe('the owner of a suspended merchant', () => {
	let cookie: string
	beforeAll(async () => {
		const { merchantId } = await addMerchant(house)
		await house.owner
			.updateTable('merchants')
			.set({ require_second_factor: false })
			.where('id', '=', merchantId)
			.execute()
		await suspendMerchant(house.services, { merchantId, reason: 'Stolen cards', actor: 'job:ops' })
		cookie = (await addPerson(house, { role: 'owner', merchantId })).cookie
	})

	test.each(
		ROWS.map((row) => ({
			...row,
			// Theirs is not the business that runs the installation either.
			may: row.asks.every((asked) => READS.has(asked) && !OF_THE_HOUSE.has(asked))
				? 'may still do'
				: 'is refused',
		})),
	)('$may: $name', async ({ may: still, ...row }) => {
		const before = await countRows(house)
		const status = await ask(row, cookie)
		if (still === 'may still do') expect([403, 401]).not.toContain(status)
		else {
			expect(refusedWith(row, 403)).toContain(status)
			expect(await countRows(house)).toEqual(before)
		}
	})
})

describe('somebody who is not logged in', () => {
	test.each(ROWS)('is sent away: $name', async (row) => {
		const before = await countRows(house)
		expect(refusedWith(row, 302, 401)).toContain(await ask(row, null))
		expect(refusedWith(row, 302, 401)).toContain(await ask(row, 'sid=x'))
		expect(await countRows(house)).toEqual(before)
	})
})

describe.each(Object.keys(ROLES))('as %s', (role) => {
	const grant = grantOfRole(role)
	let cookie: string
	beforeAll(async () => {
		cookie = (await addPerson(house, { role })).cookie
	})

	test.each(
		ROWS.map((row) => ({
			...row,
			allowed: row.asks.every((permission) => may(grant, permission)) ? 'allowed' : 'refused',
		})),
	)('$allowed: $name', async ({ allowed, ...row }) => {
		const before = await countRows(house)
		const status = await ask(row, cookie)
		if (allowed === 'allowed') expect([403, 401, 302]).not.toContain(status)
		else {
			expect(refusedWith(row, 403)).toContain(status)
			expect(await countRows(house)).toEqual(before)
		}
	})
})
