import { expect } from 'vitest'
import type { Answer } from '#tests/support/house.ts'

export type RefusalParts = { code: string; param?: string; type?: string; resource_id?: string }

/** The whole envelope: nothing but its members, and those that are named. */
export function expectRefusal(answer: Answer, status: number, parts: RefusalParts): void {
	const { code, param, type, resource_id } = parts
	expect(answer, answer.text).toMatchObject({ status })
	expect(answer.headers.get('content-type')).toContain('application/json')
	expect(answer.headers.get('cache-control')).toBe('no-store')
	expect(answer.body).toEqual({
		error: {
			type: type ?? expect.stringMatching(/^(invalid_request|authentication|permission|idempotency)_error$/),
			code,
			message: expect.stringMatching(/\S/),
			request_id: expect.stringMatching(/^req_/),
			...(param !== undefined && { param }),
			...(resource_id !== undefined && { resource_id }),
		},
	})
}
