import { z } from 'zod'
import {
	API_KEY_KINDS,
	OVERLAP_HOURS,
	type ApiKeyKind,
	type OverlapHours,
} from '#app/domain/access/api-keys.ts'

const days = z.enum(['', '30', '90', '365']).default('')

const Form = z.discriminatedUnion('intent', [
	z.object({
		intent: z.literal('create'),
		kind: z.enum(API_KEY_KINDS),
		name: z.string().max(80),
		permissions: z.array(z.string().max(60)).max(40),
		networks: z.string().max(2_000).default(''),
		days,
	}),
	z.object({
		intent: z.literal('roll'),
		key: z.string().max(60),
		overlap: z.coerce.number().pipe(z.literal([...OVERLAP_HOURS])),
	}),
	z.object({
		intent: z.literal('revoke'),
		key: z.string().max(60),
		reason: z.string().trim().max(200),
	}),
])

export type ApiKeyField = 'name' | 'permissions' | 'networks' | 'reason'
export type ApiKeyRefusal = { ok: false; message: string; field: ApiKeyField | null }
/** `key` is there once: the page forgets it when it is left. */
export type ApiKeyResult = { ok: true; message: string; key: string | null } | ApiKeyRefusal

export type ApiKeyCommand =
	| {
			intent: 'create'
			kind: ApiKeyKind
			settings: { name: string; permissions: string[] | null; networks: string[]; days: number | null }
	  }
	| { intent: 'roll'; keyId: string; overlapHours: OverlapHours }
	| { intent: 'revoke'; keyId: string; reason: string }

const refuse = (field: ApiKeyField | null, message: string): ApiKeyRefusal => ({ ok: false, field, message })

/** The forms of the API keys page. */
export function readApiKeyCommand(form: FormData): ApiKeyCommand | ApiKeyRefusal {
	const parsed = Form.safeParse({ ...Object.fromEntries(form), permissions: form.getAll('permissions') })
	if (!parsed.success) return refuse(null, 'The form was not complete.')
	const read = parsed.data
	if (read.intent === 'roll') return { intent: 'roll', keyId: read.key, overlapHours: read.overlap }
	if (read.intent === 'revoke') {
		if (read.reason === '') return refuse('reason', 'Say why; whoever reads the audit log will want to know.')
		return { intent: 'revoke', keyId: read.key, reason: read.reason }
	}
	const { kind, name, permissions } = read
	return {
		intent: 'create',
		kind,
		settings: {
			name,
			permissions: kind === 'restricted' ? permissions : null,
			networks: read.networks.split(/[\s,;]+/).filter(Boolean),
			days: read.days === '' ? null : Number(read.days),
		},
	}
}
