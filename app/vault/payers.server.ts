import type { Executor, Tx } from '#db/client.ts'
import type { ClaimedPayer } from '#db/queries/payers.ts'
import type { Sealed } from '../domain/privacy/sealed.ts'
import { keepPayers, makePayer, sealerOf, type NamedPayer, type PayerColumns } from './keep-payers.server.ts'
import { VaultRefusal, type KeyRing } from './key-ring.server.ts'
import { createLookupHash, type LookupHash } from './lookup-hash.server.ts'
import { openerFor, type Opener } from './open-personal.server.ts'

export type { NamedPayer, PayerColumns } from './keep-payers.server.ts'

type Emailed = { receipt_email: Sealed | null }
type Opened<T> = Omit<T, 'receipt_email'> & { receipt_email: string | null }

/** The one way in and out for what is kept of payers. */
export type Payers = {
	/** Before the transaction: a merchant's first hash makes their key. */
	name(payer: { merchantId: string; email: string | null; ip: string | null }): Promise<NamedPayer>
	/** What an address is found by. */
	emailHash(merchantId: string, email: string): Promise<string>
	hash: LookupHash
	keep(tx: Tx, payers: readonly NamedPayer[]): Promise<PayerColumns[]>
	/** One who is known by no address. */
	make(tx: Tx, merchantId: string): Promise<ClaimedPayer>
	sealerOf(key: Omit<ClaimedPayer, 'asked_id' | 'payer_id'>): ReturnType<typeof sealerOf>
	opener(db: Executor, texts: readonly (Sealed | null | undefined)[]): Promise<Opener>
	/** Payments as they are kept, as they are shown. */
	open<T extends Emailed>(db: Executor, kept: readonly T[]): Promise<Opened<T>[]>
	/** The same of a text of JSON, such as an answer that is sent once more, byte for byte. */
	openJson(db: Executor, text: string): Promise<string>
}

/** Inside a text of JSON a quote is escaped, so nothing a caller wrote reads like this. */
const EMAIL_IN_JSON = /"receipt_email":"(v1\.dek_[^"\\]+)"/g

export function createPayers({ db, ring }: { db: Executor; ring: KeyRing }): Payers {
	const hash = createLookupHash({ db, ring })
	const emailHash = (merchantId: string, email: string) =>
		hash(merchantId, 'email', email.trim().toLowerCase())
	return {
		hash,
		emailHash,
		async name({ merchantId, email, ip }) {
			return {
				merchantId,
				email,
				emailHash: email === null ? null : await emailHash(merchantId, email),
				ip,
				ipHash: ip === null ? null : await hash(merchantId, 'ip', ip),
			}
		},
		keep: (tx, payers) => keepPayers(tx, ring, payers),
		make: (tx, merchantId) => makePayer(tx, ring, merchantId),
		sealerOf: (key) => sealerOf(ring, key),
		opener: (executor, texts) => openerFor(executor, ring, texts),
		async open(executor, kept) {
			const opener = await openerFor(
				executor,
				ring,
				kept.map((each) => each.receipt_email),
			)
			return kept.map((each) => ({ ...each, receipt_email: opener('email', each.receipt_email) }))
		},
		async openJson(executor, text) {
			const sealed = [...text.matchAll(EMAIL_IN_JSON)].map(([, found]) => found as unknown as Sealed)
			if (sealed.length === 0) return text
			const opener = await openerFor(executor, ring, sealed)
			return text.replace(EMAIL_IN_JSON, (member, found: unknown) => {
				try {
					return `"receipt_email":${JSON.stringify(opener('email', found as Sealed))}`
				} catch (error) {
					// Metadata of a caller may look like it: what is no seal of ours stays what it is.
					if (error instanceof VaultRefusal) return member
					throw error
				}
			})
		},
	}
}
