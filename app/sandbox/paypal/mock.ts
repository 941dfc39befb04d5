import type { IncomingHttpHeaders } from 'node:http'
import { PayPalError } from './errors.ts'

/** `PayPal-Mock-Response: {"mock_application_codes": "INSTRUMENT_DECLINED"}`; an unreadable one asks for nothing. */
export function readMock(headers: IncomingHttpHeaders): string | undefined {
	const header = headers['paypal-mock-response']
	if (typeof header !== 'string') return undefined
	try {
		const { mock_application_codes: code } = JSON.parse(header) as { mock_application_codes?: unknown }
		return typeof code === 'string' ? code : undefined
	} catch {
		return undefined
	}
}

const KINDS: Record<string, string> = {
	INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
	INTERNAL_SERVICE_ERROR: 'INTERNAL_SERVER_ERROR',
	INVALID_RESOURCE_ID: 'RESOURCE_NOT_FOUND',
	NOT_AUTHORIZED: 'NOT_AUTHORIZED',
	PERMISSION_DENIED: 'NOT_AUTHORIZED',
	PREVIOUS_REQUEST_IN_PROGRESS: 'RESOURCE_CONFLICT',
	RATE_LIMIT_REACHED: 'RATE_LIMIT_REACHED',
}

export const mockFailure = (code: string): PayPalError =>
	new PayPalError(KINDS[code] ?? 'UNPROCESSABLE_ENTITY', [
		{ issue: code, description: 'Asked for with PayPal-Mock-Response.' },
	])
