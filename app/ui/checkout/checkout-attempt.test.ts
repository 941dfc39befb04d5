import { describe, expect, it } from 'vitest'
import { mintAttempt, recallTab, rememberTab } from './checkout-attempt.ts'

const SESSION = 'cs_01jc0000000000000000000000'
const SLOT = `tillhouse:checkout:${SESSION}`
const body = {
	method: 'card',
	confirmation_token: 'ctoken_1',
	alternates: { paypal: 'sut_1' },
	email: 'ada@example.com',
	name: 'Ada',
} as const

function memoryStorage(entries: Record<string, string> = {}) {
	const slots = new Map(Object.entries(entries))
	return {
		slots,
		getItem: (key: string) => slots.get(key) ?? null,
		setItem: (key: string, value: string) => void slots.set(key, value),
		removeItem: (key: string) => void slots.delete(key),
	}
}

describe('what a tab remembers', () => {
	it('is never who pays', () => {
		const storage = memoryStorage()
		rememberTab(storage, SESSION, { attempt: mintAttempt(body), startedHere: true })
		const kept = [...storage.slots.values()].join()
		for (const said of ['ada@example.com', 'Ada', 'email', 'name']) expect(kept).not.toContain(said)
	})

	it('brings back key and way to pay unchanged after a reload', () => {
		const storage = memoryStorage()
		const attempt = mintAttempt(body)
		rememberTab(storage, SESSION, { attempt, startedHere: true })
		const { email: _email, name: _name, ...paidWith } = body
		expect(recallTab(storage, SESSION)).toEqual({
			attempt: { key: attempt.key, body: paidWith },
			startedHere: true,
		})
	})

	it('mints a new key for every try', () => {
		expect(mintAttempt(body).key).not.toBe(mintAttempt(body).key)
	})

	it('keeps the token no longer than the try has no answer', () => {
		const storage = memoryStorage()
		rememberTab(storage, SESSION, { attempt: mintAttempt(body), startedHere: true })
		rememberTab(storage, SESSION, { attempt: null, startedHere: true })
		expect(storage.slots.get(SLOT)).not.toContain('ctoken_1')
		rememberTab(storage, SESSION, { attempt: null, startedHere: false })
		expect(storage.slots.size).toBe(0)
	})

	it('keeps sessions apart', () => {
		const storage = memoryStorage()
		rememberTab(storage, SESSION, { attempt: mintAttempt(body), startedHere: true })
		expect(recallTab(storage, 'cs_other')).toEqual({ attempt: null, startedHere: false })
	})

	it.each([
		'',
		'{',
		'null',
		'[]',
		'{"attempt":{"key":1}}',
		'{"attempt":{"key":"k","body":{}}}',
		'{"attempt":{"key":"k","body":{"method":"paypal","email":"a@b.test"}}}',
		'{"attempt":{"key":"k","body":{"method":"beads"}}}',
	])('reads %j as nothing', (text) => {
		expect(recallTab(memoryStorage({ [SLOT]: text }), SESSION)).toEqual({
			attempt: null,
			startedHere: false,
		})
	})

	it('lives without storage, and with one that throws', () => {
		const refuse = () => {
			throw new Error('quota')
		}
		const broken = { getItem: refuse, setItem: refuse, removeItem: refuse }
		const memory = { attempt: mintAttempt(body), startedHere: true }
		for (const storage of [null, broken]) {
			rememberTab(storage, SESSION, memory)
			expect(recallTab(storage, SESSION)).toEqual({ attempt: null, startedHere: false })
		}
	})
})
