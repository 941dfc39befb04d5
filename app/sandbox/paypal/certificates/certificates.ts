import { createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { issue } from './issue.ts'

const ROOT_NAME = 'Tillhouse sandbox root for PayPal webhooks'
/** What PayPal's own certificate for webhooks is called. */
const LEAF_NAME = 'messageverificationcerts.paypal.com'
const FILE = 'paypal-certificates.json'
const DAY_MS = 86_400_000
const LEAF_DAYS = 365
const ROOT_DAYS = 3_650
/** The clock of whoever checks may be a little behind. */
const BACKDATED_DAYS = 1

export interface Signer {
	root: string
	/** The signing certificate and the one above it, as one PEM file. */
	chain: string
	/** `CERT-…`, the last step of PAYPAL-CERT-URL. */
	name: string
	key: KeyObject
}

interface Kept {
	root: string
	leaf: string
	key: string
}

const newKeys = promisify(generateKeyPair)
const RSA = { modulusLength: 2_048 }

/** Made when first asked for, since making keys takes longer than starting the whole sandbox. */
export class Certificates {
	readonly #folder: string | undefined
	#signer: Promise<Signer> | undefined
	#forger: Promise<KeyObject> | undefined

	constructor(folder: string | undefined) {
		this.#folder = folder
	}

	signer(): Promise<Signer> {
		return (this.#signer ??= this.#open())
	}

	/** A key of nobody's: what it signs must not pass. */
	async forger(): Promise<KeyObject> {
		this.#forger ??= newKeys('rsa', RSA).then(({ privateKey }) => privateKey)
		return this.#forger
	}

	async #open(): Promise<Signer> {
		const { root, leaf, key } = (await this.#read()) ?? (await this.#make())
		const name = `CERT-${new X509Certificate(leaf).fingerprint256.replaceAll(':', '').slice(0, 32).toLowerCase()}`
		return { root, chain: `${leaf}${root}`, name, key: createPrivateKey(key) }
	}

	async #read(): Promise<Kept | undefined> {
		if (this.#folder === undefined) return undefined
		const text = await readFile(join(this.#folder, FILE), 'utf8').catch(() => '')
		const kept = parse(text)
		return kept && Date.parse(new X509Certificate(kept.leaf).validTo) > Date.now() + DAY_MS ? kept : undefined
	}

	/**
	 * The root's key is of an elliptic curve, which takes no time to make, and forgotten at once: nothing else will
	 * ever be signed with it.
	 */
	async #make(): Promise<Kept> {
		const above = await newKeys('ec', { namedCurve: 'P-256' })
		const below = await newKeys('rsa', RSA)
		const from = new Date(Date.now() - BACKDATED_DAYS * DAY_MS)
		const until = (days: number) => new Date(Date.now() + days * DAY_MS)
		const authority = { commonName: ROOT_NAME, ...above }
		const signer = { commonName: LEAF_NAME, ...below }
		const kept: Kept = {
			root: issue(authority, authority, 'authority', { from, to: until(ROOT_DAYS) }),
			leaf: issue(signer, authority, 'signer', { from, to: until(LEAF_DAYS) }),
			key: below.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		}
		if (this.#folder !== undefined) {
			await mkdir(this.#folder, { recursive: true })
			await writeFile(join(this.#folder, FILE), JSON.stringify(kept), { mode: 0o600 })
		}
		return kept
	}
}

/** A kill may have left half a file behind, which is as good as none. */
function parse(text: string): Kept | undefined {
	try {
		return JSON.parse(text) as Kept
	} catch {
		return undefined
	}
}
