import { expect, test } from 'vitest'
import { createOrderWait } from './order-wait.ts'

test('the window that waits is given the order of the payment', async () => {
	const wait = createOrderWait()
	const order = wait.begin()
	expect(wait.give('O-1')).toBe('shown')
	expect(await order).toBe('O-1')
	expect(wait.end()).toBe('shown')
})

test('an order that comes when no window waits is for the whole page', () => {
	const wait = createOrderWait()
	expect(wait.give('O-1')).toBe('none')
	void wait.begin()
	wait.give('O-2')
	wait.end()
	expect(wait.give('O-2')).toBe('none')
})

test('an order that comes after the window was closed is to be called off, once', () => {
	const wait = createOrderWait()
	void wait.begin()
	expect(wait.close()).toBe('waiting')
	expect(wait.give('O-1')).toBe('closed')
	expect(wait.give('O-1')).toBe('none')
})

test('a window that broke before its order came gives way to the whole page', () => {
	const wait = createOrderWait()
	void wait.begin()
	expect(wait.end()).toBe('waiting')
	expect(wait.give('O-1')).toBe('none')
})

test('a try without an order lets its window go, and what the window says of that is no news', async () => {
	const wait = createOrderWait()
	const order = wait.begin()
	wait.refuse()
	await expect(order).rejects.toThrow('no order was made')
	expect(wait.end()).toBe('refused')
})
