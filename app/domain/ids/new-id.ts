import { typeidUnboxed } from 'typeid-js'

/** A sortable id with its kind in front: `pay_01h455vb4pex5vsknk084sn02q`. */
export const newId = <const P extends string>(prefix: P): `${P}_${string}` =>
	typeidUnboxed(prefix) as `${P}_${string}`
