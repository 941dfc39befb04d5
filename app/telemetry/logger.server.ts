import { Writable } from 'node:stream'
import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino'
import { withoutSecrets } from './redaction.server.ts'

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>

const MAX_STACK = 4_000

/** Serializers name what may pass; whatever a request or an error carries besides is dropped. */
const serializers = {
	err: (error: unknown) => (error instanceof Error ? describeError(error) : { message: String(error) }),
	req: ({ method, url, id }: { method?: string; url?: string; id?: unknown }) => ({
		id,
		method,
		path: url?.split('?')[0],
	}),
	res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
}

/** What a line may tell, beside its message. Anything else is left out, and only its name is told. */
const FIELDS: ReadonlySet<string> = new Set([
	...['err', 'req', 'res', 'requestId', 'ms', 'durationMs'],
	...['queue', 'job', 'worker', 'reason', 'kind', 'trouble', 'metric', 'baseUrl', 'clientIp', 'network'],
	...['merchantId', 'merchants', 'userId', 'sessionId', 'runId'],
	...['asOf', 'rows', 'rowsChecked', 'violations', 'broken', 'seq', 'hash'],
])

function onlyKnown(fields: Record<string, unknown>): Record<string, unknown> {
	const entries = Object.entries(fields)
	const leftOut = entries.map(([name]) => name).filter((name) => !FIELDS.has(name))
	return {
		...Object.fromEntries(entries.filter(([name]) => FIELDS.has(name))),
		...(leftOut.length > 0 && { leftOut }),
	}
}

export function createLogger(
	{ level }: { level: string },
	destination: DestinationStream = process.stdout,
): Logger {
	return pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }), log: onlyKnown },
			serializers,
		},
		new LastLine(destination),
	)
}

type DescribedError = { type: string; message: string; code?: string; stack?: string; cause?: DescribedError }

function describeError(error: Error): DescribedError {
	return {
		type: error.name,
		message: error.message,
		...('code' in error && typeof error.code === 'string' && { code: error.code }),
		...(error.stack && { stack: error.stack.slice(0, MAX_STACK) }),
		...(error.cause instanceof Error && { cause: describeError(error.cause) }),
	}
}

class LastLine extends Writable {
	readonly #destination: DestinationStream

	constructor(destination: DestinationStream) {
		super({ decodeStrings: false })
		this.#destination = destination
	}

	override _write(line: string, _encoding: BufferEncoding, done: () => void): void {
		this.#destination.write(withoutSecrets(line))
		done()
	}
}
