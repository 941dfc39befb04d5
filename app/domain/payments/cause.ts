export const CAUSE_KINDS = ['api', 'checkout', 'console', 'job', 'webhook', 'janitor'] as const
export type CauseKind = (typeof CAUSE_KINDS)[number]

/** Why something changed: `ref` is the API key, person, webhook event or job behind it. */
export type Cause = { readonly kind: CauseKind; readonly ref: string | null }

export const causeText = ({ kind, ref }: Cause): string => (ref ? `${kind}:${ref}` : kind)

export function causeFromText(text: string): Cause {
	const [kind = '', ...rest] = text.split(':')
	const known = CAUSE_KINDS.find((candidate) => candidate === kind)
	return { kind: known ?? 'job', ref: rest.length > 0 ? rest.join(':') : null }
}
