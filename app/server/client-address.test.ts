import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, expect, test } from 'vitest'
import { networkOf } from '../http/limits/network.server.ts'
import { clientAddress, trustedHops } from './client-address.ts'

let server: Server | undefined
afterEach(async () => {
	server?.closeAllConnections()
	if (server) await once(server.close(), 'close')
})

async function seenAs(trustProxy: 'none' | 'fly' | number, headers: Record<string, string>): Promise<string> {
	const app = express()
	app.set('trust proxy', trustedHops(trustProxy))
	app.use((req, res) => void res.send(clientAddress(req, trustProxy)))
	server = createServer(app).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	return (await fetch(`http://127.0.0.1:${port}/`, { headers })).text()
}

const FORGED = {
	'x-forwarded-for': '198.51.100.1, 198.51.100.2',
	'x-real-ip': '198.51.100.3',
	forwarded: 'for=198.51.100.4',
	'cf-connecting-ip': '198.51.100.5',
	'true-client-ip': '198.51.100.6',
}

test('without a proxy nothing a client writes is its address', async () => {
	expect(await seenAs('none', { ...FORGED, 'fly-client-ip': '198.51.100.7' })).toBe('127.0.0.1')
})

test('on Fly its own header counts and no other', async () => {
	expect(await seenAs('fly', { ...FORGED, 'fly-client-ip': '203.0.113.9' })).toBe('203.0.113.9')
})

test('of a chain only the hops that are ours are believed', async () => {
	expect(await seenAs(1, FORGED)).toBe('198.51.100.2')
	expect(await seenAs(2, FORGED)).toBe('198.51.100.1')
	// What the client wrote stands in front of what our two proxies added.
	const longer = { 'x-forwarded-for': '10.0.0.1, 203.0.113.9, 192.0.2.1' }
	expect(await seenAs(2, longer)).toBe('203.0.113.9')
})

test('a header that is no address does not become one', async () => {
	const forged = { 'fly-client-ip': 'x\u00e9; drop table' }
	expect(await seenAs('fly', forged)).toBe('127.0.0.1')
})

test('hopping inside a /64 is one client, however it is written', () => {
	const line = networkOf('2001:db8:0:1::1')
	for (const address of [
		'2001:db8:0:1:ffff:ffff:ffff:ffff',
		'2001:0DB8:0000:0001::2',
		'2001:db8:0:1::3%eth0',
	])
		expect(networkOf(address)).toBe(line)
	expect(networkOf('2001:db8:0:2::1')).not.toBe(line)
})
