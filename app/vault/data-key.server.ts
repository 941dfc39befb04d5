import type { DataKeyRow } from '#db/queries/data-keys.ts'
import type { KeyRing } from './key-ring.server.ts'
import { openBytes, sealBytes } from './sealed-text.server.ts'

type Named = Pick<DataKeyRow, 'id' | 'merchant_id' | 'purpose'>

const boundTo = ({ id, merchant_id, purpose }: Named, kekId: string): string =>
	['dek', id, merchant_id ?? '-', purpose, kekId].join('|')

export function wrapDataKey(ring: KeyRing, named: Named, key: Buffer): { kek_id: string; wrapped: string } {
	const { current } = ring
	return { kek_id: current.id, wrapped: sealBytes(current.key, current.id, boundTo(named, current.id), key) }
}

export const unwrapDataKey = (ring: KeyRing, row: DataKeyRow): Buffer =>
	openBytes(ring.keyOf(row.kek_id), boundTo(row, row.kek_id), row.wrapped)
