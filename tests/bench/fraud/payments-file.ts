import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'

export const DAY_SECONDS = 86_400
/** Second 0 of the files. */
export const EPOCH_MS = Date.UTC(2018, 3, 1)

export type FilePayment = {
	readonly txId: number
	/** Seconds since the epoch of the files. */
	readonly t: number
	readonly card: string
	readonly merchant: string
	readonly amountCents: number
	readonly fraud: 0 | 1
}

function textOf(file: string): string {
	if (file.endsWith('.gz')) return gunzipSync(readFileSync(file)).toString('utf8')
	if (file.endsWith('.zst')) return zstdDecompressSync(readFileSync(file)).toString('utf8')
	if (!file.endsWith('.xz')) return readFileSync(file, 'utf8')
	const { status, stdout, stderr, error } = spawnSync('xz', ['-dc', file], {
		encoding: 'utf8',
		maxBuffer: 2 ** 30,
	})
	if (status !== 0) throw new Error(`${file} cannot be unpacked: ${error?.message ?? stderr}`)
	return stdout
}

/** Columns by name, row by row, as text. */
export function* readColumns(file: string, names: readonly string[]): Generator<string[]> {
	const [header = '', ...lines] = textOf(file).split(/\r?\n/)
	const columns = header.split(',')
	const places = names.map((name) => columns.indexOf(name))
	if (places.includes(-1)) throw new Error(`${file} needs the columns ${names.join(', ')}`)
	for (const line of lines) {
		if (line === '') continue
		const cells = line.split(',')
		yield places.map((place) => cells[place] ?? '')
	}
}

const COLUMNS = ['tx_id', 't', 'customer_id', 'terminal_id', 'amount_cents', 'fraud']

/** In order of arrival. */
export function readPayments(file: string): FilePayment[] {
	const payments: FilePayment[] = []
	for (const [txId, t, card = '', merchant = '', amount, fraud] of readColumns(file, COLUMNS)) {
		payments.push({
			txId: Number(txId),
			t: Number(t),
			card,
			merchant,
			amountCents: Number(amount),
			fraud: fraud === '1' ? 1 : 0,
		})
	}
	return payments.sort((a, b) => a.txId - b.txId)
}

export const dayOf = ({ t }: Pick<FilePayment, 't'>): number => Math.floor(t / DAY_SECONDS)

export const momentOf = (t: number): Date => new Date(EPOCH_MS + t * 1_000)

/** Sorts as tx_id does. */
export const paymentIdOf = ({ txId }: FilePayment): string => `pay_${String(txId).padStart(10, '0')}`
