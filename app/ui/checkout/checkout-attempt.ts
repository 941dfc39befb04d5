import { METHOD_TYPES, type MethodType } from '../../domain/methods/method-terms.ts'

/** What one try tells the shop; amount and currency are the server's. */
export type ConfirmBody = {
	readonly method: MethodType
	readonly confirmation_token?: string
	readonly alternates?: Readonly<Record<string, string>>
	readonly quote_id?: string
	readonly email?: string
	readonly name?: string
}

/** What one try sends. Key and body stay together: a re-send that pays otherwise would be refused. */
export type Attempt = { readonly key: string; readonly body: ConfirmBody }

/** What one tab remembers of a checkout: the try without an answer, and whether this tab began the payment. */
export type TabMemory = { readonly attempt: Attempt | null; readonly startedHere: boolean }

type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const NOTHING: TabMemory = { attempt: null, startedHere: false }
const nameOf = (sessionId: string) => `tillhouse:checkout:${sessionId}`

export function mintAttempt(body: ConfirmBody): Attempt {
	return { key: randomKey(), body }
}

/** `randomUUID` is missing outside secure contexts, and a demo may be opened by its address in the network. */
export function randomKey(): string {
	if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
	const bytes = crypto.getRandomValues(new Uint8Array(16))
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Storage may be full, forbidden or written by an older page: then the tab simply remembers nothing. */
export function recallTab(storage: TabStorage | null, sessionId: string): TabMemory {
	try {
		const text = storage?.getItem(nameOf(sessionId))
		return text ? memoryFrom(JSON.parse(text)) : NOTHING
	} catch {
		return NOTHING
	}
}

export function rememberTab(storage: TabStorage | null, sessionId: string, memory: TabMemory): void {
	try {
		if (memory.attempt || memory.startedHere)
			storage?.setItem(nameOf(sessionId), JSON.stringify(withoutPayer(memory)))
		else storage?.removeItem(nameOf(sessionId))
	} catch {
		// A tab that cannot remember still pays; only a reload in the middle loses the key.
	}
}

export function tabStorage(): Storage | null {
	try {
		return window.sessionStorage
	} catch {
		return null
	}
}

/**
 * Who pays is written down nowhere in the browser. The shop knows the try by its key and by what is paid how; one that
 * never reached it goes out without them after a reload, and its receipt is the page alone.
 */
function withoutPayer({ attempt, startedHere }: TabMemory): TabMemory {
	if (!attempt) return { attempt, startedHere }
	const { email: _email, name: _name, ...body } = attempt.body
	return { attempt: { key: attempt.key, body }, startedHere }
}

function memoryFrom(value: unknown): TabMemory {
	if (!isRecord(value)) return NOTHING
	return { attempt: attemptFrom(value['attempt']), startedHere: value['startedHere'] === true }
}

function attemptFrom(value: unknown): Attempt | null {
	if (!isRecord(value) || typeof value['key'] !== 'string' || !isConfirmBody(value['body'])) return null
	return { key: value['key'], body: value['body'] }
}

const TEXTS = ['confirmation_token', 'quote_id']

function isConfirmBody(value: unknown): value is ConfirmBody {
	if (!isRecord(value) || !METHOD_TYPES.some((type) => type === value['method'])) return false
	const { alternates } = value
	if ('email' in value || 'name' in value) return false
	const hasAlternates = isRecord(alternates) && Object.values(alternates).every(isText)
	if (alternates !== undefined && !hasAlternates) return false
	return TEXTS.every((name) => value[name] === undefined || isText(value[name]))
}

const isText = (value: unknown): value is string => typeof value === 'string'

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
