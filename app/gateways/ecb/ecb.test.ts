import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { rateText } from '../../domain/fx/rate.ts'
import { fetchRates } from './fetch-rates.server.ts'
import { readRates } from './read-rates.server.ts'
import { shippedRates } from './snapshot.server.ts'

const FILE = await readFile('app/gateways/ecb/eurofxref-2026-03-13.xml', 'utf8')
const NOW = new Date('2026-03-13T16:00:00Z')
const clock = { now: () => NOW }
const read = (xml: string) => readRates(xml, { source: 'ecb', fetchedAt: NOW })

describe('the ECB’s file', () => {
	test('is read exactly', () => {
		const { asOf, source, fetchedAt, perEuro } = read(FILE)
		expect({ asOf, source, fetchedAt, count: perEuro.size }).toEqual({
			asOf: '2026-03-13',
			source: 'ecb',
			fetchedAt: NOW,
			count: 30,
		})
		expect(['eur', 'usd', 'gbp', 'idr'].map((code) => rateText(perEuro.get(code) ?? 0n))).toEqual([
			'1',
			'1.1476',
			'0.86503',
			'19395.07',
		])
	})

	test('is what we are shipped with', async () => {
		expect(await shippedRates(clock)).toMatchObject({ asOf: '2026-03-13', source: 'ecb_snapshot' })
	})

	test('may name a currency we do not take: it is left out', () => {
		expect(read(FILE.replace("'ZAR'", "'XXQ'")).perEuro.size).toBe(29)
	})

	test.each([
		['no XML', 'not xml at all', 'it is no XML'],
		['XML of something else', '<html><body>Sorry</body></html>', 'it has another form'],
		['cut off', FILE.slice(0, 900), 'it is no XML'],
		['too short', FILE.replace(/(<Cube currency=.*\n\s*){15}/, ''), 'it has another form'],
		['without a date', FILE.replace(" time='2026-03-13'", ''), 'it has another form'],
		['of tomorrow', FILE.replace('2026-03-13', '2026-03-14'), 'it is of the future'],
		['of a day that is none', FILE.replace('2026-03-13', '2026-02-30'), 'it has another form'],
		['with a comma', FILE.replace('1.1476', '1,1476'), 'USD has no readable rate'],
		['with a rate of nothing', FILE.replace('1.1476', '0'), 'USD has no readable rate'],
		['with a negative rate', FILE.replace('1.1476', '-1.1476'), 'USD has no readable rate'],
		['with a rate of letters', FILE.replace('1.1476', 'NaN'), 'USD has no readable rate'],
		['with a currency twice', FILE.replace("'JPY'", "'USD'"), 'USD is named twice'],
		['without the dollar', FILE.replace("'USD'", "'AED'"), 'the US dollar is missing'],
		[
			'that grows while it is read',
			FILE.replace('<gesmes:Env', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gesmes:Env'),
			'it declares entities',
		],
	])('%s is refused', (_what, xml, words) => {
		expect(() => read(xml)).toThrow(words)
	})
})

describe('fetching it', () => {
	const servers: Server[] = []
	afterEach(async () => {
		for (const server of servers.splice(0)) {
			server.closeAllConnections()
			await new Promise((done) => server.close(done))
		}
	})
	const serve = async (listener: RequestListener): Promise<string> => {
		const server = createServer(listener)
		servers.push(server)
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}/eurofxref-daily.xml`
	}

	test('gives its rates', async () => {
		const url = await serve((_, res) => res.end(FILE))
		expect(await fetchRates(url, clock)).toMatchObject({ asOf: '2026-03-13', source: 'ecb' })
	})

	test('goes where the same host sends us', async () => {
		const url = await serve((req, res) => {
			if (req.url === '/new.xml') return res.end(FILE)
			return res.writeHead(302, { location: '/new.xml' }).end()
		})
		expect(await fetchRates(url, clock)).toMatchObject({ asOf: '2026-03-13' })
	})

	test('does not go to another host', async () => {
		const other = await serve((_, res) => res.end(FILE))
		const url = await serve((_, res) => res.writeHead(302, { location: other }).end())
		await expect(fetchRates(url, clock)).rejects.toThrow('it sends us on to')
	})

	test('does not go in a circle', async () => {
		const url = await serve((req, res) => res.writeHead(302, { location: req.url ?? '' }).end())
		await expect(fetchRates(url, clock)).rejects.toThrow('without end')
	})

	test('stops at 256 KiB', async () => {
		let written = 0
		const url = await serve((_, res) => {
			const more = () => {
				while (!res.destroyed && res.write(' '.repeat(65_536))) written++
				written++
			}
			res.on('drain', more)
			more()
		})
		await expect(fetchRates(url, clock)).rejects.toThrow('it is too large')
		expect(written).toBeGreaterThan(3)
	})

	test.each([404, 500, 503])('%i is no answer', async (status) => {
		const url = await serve((_, res) => res.writeHead(status).end('sorry'))
		await expect(fetchRates(url, clock)).rejects.toThrow(`it answers ${status}`)
	})

	test('bytes that are no UTF-8 are refused', async () => {
		const url = await serve((_, res) => res.end(Buffer.from([0xff, 0xfe, 0x00])))
		await expect(fetchRates(url, clock)).rejects.toThrow()
	})
})
