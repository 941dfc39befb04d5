import { randomBytes } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { claimPayers, type AskedPayer, type ClaimedPayer } from '#db/queries/payers.ts'
import { newId } from '../domain/ids/new-id.ts'
import type { Sealed } from '../domain/privacy/sealed.ts'
import { unwrapDataKey, wrapDataKey } from './data-key.server.ts'
import { VaultRefusal, type KeyRing } from './key-ring.server.ts'
import { sealBytes } from './sealed-text.server.ts'
import { boundTo, KEY_BYTES } from './vault.server.ts'

export const PERSONAL = 'personal'

/** What is kept of a payer; it opens as nothing else. */
export type PersonalKind = 'email' | 'ip' | 'evidence'

/** A payer as a payment names them, with the hashes they are found by. */
export type NamedPayer = {
	merchantId: string
	email: string | null
	emailHash: string | null
	ip: string | null
	ipHash: string | null
}

/** The columns of a payment that say who paid. */
export type PayerColumns = {
	payer_id: string | null
	sealed_email: Sealed | null
	sealed_ip: Sealed | null
	ip_hash: string | null
}

export const NOBODY: PayerColumns = { payer_id: null, sealed_email: null, sealed_ip: null, ip_hash: null }

export const personalPlace = (
	kind: PersonalKind,
	{ merchant_id, subject_id }: { merchant_id: string | null; subject_id: string },
) => ({ table: 'payers', column: kind, rowId: subject_id, merchantId: merchant_id })

/** Seals values of one payer; their key is unwrapped once. */
export function sealerOf(ring: KeyRing, row: Omit<ClaimedPayer, 'asked_id' | 'payer_id'>) {
	const key = unwrapDataKey(ring, row)
	return (kind: PersonalKind, plain: string | null): Sealed | null =>
		plain === null
			? null
			: (sealBytes(
					key,
					row.id,
					boundTo(personalPlace(kind, row), row.id),
					Buffer.from(plain),
				) as unknown as Sealed)
}

function ask(ring: KeyRing, { merchantId, emailHash }: NamedPayer): AskedPayer {
	const named = { id: newId('dek'), merchant_id: merchantId, subject_id: newId('pyr'), purpose: PERSONAL }
	return {
		payer_id: named.subject_id,
		merchant_id: merchantId,
		email_hash: emailHash,
		key: { ...named, ...wrapDataKey(ring, named, randomBytes(KEY_BYTES)) },
	}
}

/** Step: somebody of whom nothing is known but what will be sealed for them. */
export async function makePayer(tx: Tx, ring: KeyRing, merchantId: string): Promise<ClaimedPayer> {
	const [made] = await claimPayers(tx, [
		ask(ring, { merchantId, email: null, emailHash: null, ip: null, ipHash: null }),
	])
	if (!made) throw new VaultRefusal('A payer could not be made.')
	return made
}

/** Whoever was just being made by somebody else is there on the second look. */
async function claim(tx: Tx, asked: readonly AskedPayer[]): Promise<Map<string, ClaimedPayer>> {
	const claimed = new Map<string, ClaimedPayer>()
	for (let look = 1; look <= 3 && claimed.size < asked.length; look++) {
		const missing = asked.filter(({ payer_id }) => !claimed.has(payer_id))
		for (const row of await claimPayers(tx, missing)) claimed.set(row.asked_id, row)
	}
	return claimed
}

/** Step: finds or makes the payers of new payments and seals what they are known by. One statement for all of them. */
export async function keepPayers(
	tx: Tx,
	ring: KeyRing,
	payers: readonly NamedPayer[],
): Promise<PayerColumns[]> {
	const byPerson = new Map<string, AskedPayer>()
	const askedFor = payers.map((payer, index) => {
		if (payer.email === null && payer.ip === null) return null
		const person = `${payer.merchantId} ${payer.emailHash ?? index}`
		const asked = byPerson.get(person) ?? ask(ring, payer)
		byPerson.set(person, asked)
		return asked
	})
	if (byPerson.size === 0) return payers.map(() => NOBODY)
	const claimed = await claim(tx, [...byPerson.values()])
	const sealers = new Map([...claimed].map(([askedId, row]) => [askedId, sealerOf(ring, row)]))
	return payers.map(({ email, ip, ipHash }, index) => {
		const asked = askedFor[index]
		if (!asked) return NOBODY
		const payer = claimed.get(asked.payer_id)
		const seal = sealers.get(asked.payer_id)
		if (!payer || !seal) throw new VaultRefusal('A payer could not be kept.')
		return {
			payer_id: payer.payer_id,
			sealed_email: seal('email', email),
			sealed_ip: seal('ip', ip),
			ip_hash: ipHash,
		}
	})
}
