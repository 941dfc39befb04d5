import { X509Certificate } from 'node:crypto'

/** The rule of PayPal's own SDKs: the subject of the certificate that signs messages. */
const SUBJECT = /^CN=messageverificationcerts(\.sandbox)?\.paypal\.com$/m

/** What PayPal has; its choice, not ours. A message is only a hint: what it is about is read from PayPal over TLS. */
const FEWEST_BITS = 2_048

const MOST_CERTIFICATES = 6
const PEM = /-----BEGIN CERTIFICATE-----[\w+/=\s]+?-----END CERTIFICATE-----/g

/** The certificate that signs, and those it came with. */
export type Chain = { readonly leaf: X509Certificate; readonly others: readonly X509Certificate[] }

/** Null when the text is no list of certificates. */
export function readChain(text: string): Chain | null {
	const parts = text.match(PEM) ?? []
	if (parts.length > MOST_CERTIFICATES) return null
	try {
		const [leaf, ...others] = parts.map((part) => new X509Certificate(part))
		return leaf ? { leaf, others } : null
	} catch {
		return null
	}
}

const isCurrent = (certificate: X509Certificate, now: Date): boolean =>
	certificate.validFromDate <= now && now <= certificate.validToDate

/** Only an authority may issue: names, key usage and the signature are OpenSSL's to check. */
const issued = (issuer: X509Certificate, certificate: X509Certificate): boolean =>
	issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

function leadsToRoot(
	certificate: X509Certificate,
	others: readonly X509Certificate[],
	roots: readonly X509Certificate[],
	now: Date,
): boolean {
	if (!isCurrent(certificate, now)) return false
	if (roots.some((root) => isCurrent(root, now) && issued(root, certificate))) return true
	return others.some(
		(other, index) =>
			issued(other, certificate) && leadsToRoot(other, others.toSpliced(index, 1), roots, now),
	)
}

/** Whether this is PayPal's certificate for messages: its name, an RSA key of a length, valid now, and issued below one of the roots. */
export const isTrusted = ({ leaf, others }: Chain, roots: readonly X509Certificate[], now: Date): boolean =>
	SUBJECT.test(leaf.subject) &&
	!leaf.ca &&
	leaf.publicKey.asymmetricKeyType === 'rsa' &&
	(leaf.publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= FEWEST_BITS &&
	leadsToRoot(leaf, others, roots, now)
