import { TypeID, typeidUnboxed } from 'typeid-js'

/** A sortable id with its kind in front: `pay_01h455vb4pex5vsknk084sn02q`. */
export const newId = <const P extends string>(prefix: P): `${P}_${string}` =>
	typeidUnboxed(prefix) as `${P}_${string}`

/** Sorts before every id of that kind made at `at` or later, and after those made before. */
export function firstIdAt(prefix: string, at: Date): string {
	const milliseconds = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
	const uuid = `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`
	return TypeID.fromUUID(prefix, uuid).toString()
}
