import { z } from 'zod'
import { ADVICE } from '#app/domain/declines/standard-declines.ts'
import { RoutingRules, type RoutingRule } from '#app/domain/routing/rules.ts'

const wholeNumber = z.coerce.number().pipe(z.int().min(0))
const Place = { gateway: z.string().max(64), code: z.string().max(128) }

const Form = z.discriminatedUnion('intent', [
	z.object({ intent: z.literal('save'), rules: z.string().max(200_000) }),
	z.object({
		intent: z.literal('switch_on'),
		revision: wholeNumber,
		reason: z.string().trim().min(1).max(500),
	}),
	z.object({ intent: z.literal('restore'), version: wholeNumber }),
	z.object({ intent: z.literal('discard') }),
	z.object({
		intent: z.literal('decline'),
		...Place,
		words: z.string().trim().min(1).max(300),
		advice: z.enum(ADVICE),
		may_fall_back: z.literal('on').optional(),
	}),
	z.object({ intent: z.literal('decline_reset'), ...Place }),
])
export type RoutingCommand = z.infer<typeof Form>

/** What is wrong with the rules: which rule, counted from 0, and what. */
export type RuleIssue = { rule: number | null; message: string }

export type RoutingRefusal = { ok: false; message: string; issues: RuleIssue[] }
export type RoutingResult = { ok: true; message: string } | RoutingRefusal

export const refuseRouting = (message: string, issues: RuleIssue[] = []): RoutingRefusal => ({
	ok: false,
	message,
	issues,
})

export function readRoutingCommand(form: FormData): RoutingCommand | null {
	const parsed = Form.safeParse(Object.fromEntries(form))
	return parsed.success ? parsed.data : null
}

const FIELDS: Readonly<Record<string, string>> = {
	name: 'The name',
	currencies: 'A currency',
	amount: 'The amount',
	payer_countries: 'A payer’s country',
	card_countries: 'A card’s country',
	gateways: 'The gateways',
	shares: 'The shares',
	percent: 'A share',
}

const MESSAGES: Readonly<Record<string, string>> = {
	too_small: 'must not be empty',
	too_big: 'is too long or too large',
}

function toIssue({ path, code, message }: z.core.$ZodIssue): RuleIssue {
	const [first] = path
	const field = path.findLast((part) => typeof part === 'string' && part in FIELDS)
	const words = MESSAGES[code] ?? message
	return {
		rule: typeof first === 'number' ? first : null,
		message: `${FIELDS[String(field)] ?? 'This rule'} ${words}.`,
	}
}

/** Rules as the editor keeps them, checked as the server checks them. */
export function checkRules(rules: unknown): RoutingRule[] | RuleIssue[] {
	const parsed = RoutingRules.safeParse(rules)
	return parsed.success ? parsed.data : parsed.error.issues.map(toIssue)
}

export const areIssues = (checked: RoutingRule[] | RuleIssue[]): checked is RuleIssue[] =>
	checked.some((entry) => 'rule' in entry)

/** The rules field of a form; null when it is no JSON. */
export function rulesIn(text: string): RoutingRule[] | RuleIssue[] | null {
	try {
		return checkRules(JSON.parse(text))
	} catch {
		return null
	}
}
