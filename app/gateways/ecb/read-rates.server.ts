import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { readRate, type Rate } from '../../domain/fx/rate.ts'
import { rateTable, type RateSource, type RateTable } from '../../domain/fx/rate-table.ts'
import { isCurrency } from '../../domain/money/currency.ts'

/** A file that is not the ECB's, or not whole. `message` says what is wrong with it. */
export class UnreadableRates extends Error {}

/** The ECB has published at least this many since 2009; a shorter file was cut off. */
const FEWEST = 20

const Quoted = z.object({ currency: z.string().regex(/^[A-Z]{3}$/), rate: z.string() })
const Envelope = z.object({
	Envelope: z.object({
		Cube: z.object({ Cube: z.object({ time: z.iso.date(), Cube: z.array(Quoted).min(FEWEST) }) }),
	}),
})

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '',
	parseAttributeValue: false,
	removeNSPrefix: true,
	processEntities: false,
})

function ratesIn(quoted: readonly z.infer<typeof Quoted>[]): Map<string, Rate> {
	const rates = new Map<string, Rate>()
	for (const { currency, rate } of quoted) {
		const code = currency.toLowerCase()
		const read = readRate(rate)
		if (read === null) throw new UnreadableRates(`${currency} has no readable rate`)
		if (rates.has(code)) throw new UnreadableRates(`${currency} is named twice`)
		if (isCurrency(code)) rates.set(code, read)
	}
	if (!rates.has('usd')) throw new UnreadableRates('the US dollar is missing')
	return rates
}

/** The rates in the text of eurofxref-daily.xml. Throws UnreadableRates. */
export function readRates(
	xml: string,
	{ source, fetchedAt }: { source: RateSource; fetchedAt: Date },
): RateTable {
	// The ECB's file has none. Whoever sends one wants it to grow while it is read.
	if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw new UnreadableRates('it declares entities')
	let parsed: unknown
	try {
		parsed = parser.parse(xml, true)
	} catch (error) {
		throw new UnreadableRates('it is no XML', { cause: error })
	}
	const file = Envelope.safeParse(parsed)
	if (!file.success) throw new UnreadableRates(`it has another form: ${z.prettifyError(file.error)}`)
	const { time: asOf, Cube: quoted } = file.data.Envelope.Cube.Cube
	if (Date.parse(asOf) > fetchedAt.getTime()) throw new UnreadableRates(`it is of the future: ${asOf}`)
	return rateTable({ asOf, source, fetchedAt, rates: ratesIn(quoted) })
}
