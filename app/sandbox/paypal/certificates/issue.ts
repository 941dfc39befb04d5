import { hash, type KeyObject, randomBytes, sign } from 'node:crypto'
import {
	bits,
	explicit,
	implicit,
	integer,
	nothing,
	objectId,
	octets,
	pem,
	sequence,
	set,
	text,
	time,
	truth,
} from './der.ts'

export interface Party {
	commonName: string
	publicKey: KeyObject
	privateKey: KeyObject
}

const SHA256_WITH_RSA = sequence(objectId('1.2.840.113549.1.1.11'), nothing())
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'))

const ORGANISATION = 'Tillhouse sandbox (not PayPal)'

const VERSION_3 = explicit(0, integer(Buffer.from([2])))
const BASIC_CONSTRAINTS = objectId('2.5.29.19')
const KEY_USAGE = objectId('2.5.29.15')
const SUBJECT_KEY = objectId('2.5.29.14')
const AUTHORITY_KEY = objectId('2.5.29.35')

const critical = (id: Buffer, value: Buffer): Buffer => sequence(id, truth(), octets(value))

/** Key usage is a row of bits from the left: 0 signs data, 5 signs certificates. */
const USES = {
	authority: [
		critical(BASIC_CONSTRAINTS, sequence(truth())),
		critical(KEY_USAGE, bits(Buffer.from([0b0000_0100]), 2)),
	],
	signer: [critical(BASIC_CONSTRAINTS, sequence()), critical(KEY_USAGE, bits(Buffer.from([0b1000_0000]), 7))],
}

const publicPart = ({ publicKey }: Party): Buffer => publicKey.export({ type: 'spki', format: 'der' })
const keyId = (party: Party): Buffer => hash('sha1', publicPart(party), 'buffer')

const named = (commonName: string): Buffer =>
	sequence(
		set(sequence(objectId('2.5.4.10'), text(ORGANISATION))),
		set(sequence(objectId('2.5.4.3'), text(commonName))),
	)

/** An X.509 certificate (RFC 5280), as PEM. */
export function issue(
	subject: Party,
	issuer: Party,
	role: keyof typeof USES,
	valid: { from: Date; to: Date },
): string {
	const algorithm = issuer.privateKey.asymmetricKeyType === 'ec' ? ECDSA_WITH_SHA256 : SHA256_WITH_RSA
	const tbs = sequence(
		VERSION_3,
		integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
		algorithm,
		named(issuer.commonName),
		sequence(time(valid.from), time(valid.to)),
		named(subject.commonName),
		publicPart(subject),
		explicit(
			3,
			sequence(
				...USES[role],
				sequence(SUBJECT_KEY, octets(octets(keyId(subject)))),
				sequence(AUTHORITY_KEY, octets(sequence(implicit(0, keyId(issuer))))),
			),
		),
	)
	const signature = sign('sha256', tbs, issuer.privateKey)
	return pem('CERTIFICATE', sequence(tbs, algorithm, bits(signature)))
}
