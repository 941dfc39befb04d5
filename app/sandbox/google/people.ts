import { createHash } from 'node:crypto'

export interface Person {
	/** 21 digits, as Google's are: the same for an address whenever it is typed. */
	sub: string
	email: string
	verified: boolean
	name: string
}

const subOf = (email: string): string =>
	BigInt(`0x${createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 16)}`)
		.toString()
		.padStart(21, '1')

export const person = (email: string, name: string, verified: boolean, sub = ''): Person => ({
	sub: /^\d{1,32}$/.test(sub) ? sub : subOf(email),
	email,
	verified,
	name,
})

/** Offered with one press. The second is the demo's owner, who has an account at the shop already. */
export const READY: readonly Person[] = [
	person('grace.newcomer@gmail.test', 'Grace Newcomer', true),
	person('owner@tillhouse.test', 'The owner of the demo', true),
	person('ivan.unproven@gmail.test', 'Ivan Unproven', false),
]
