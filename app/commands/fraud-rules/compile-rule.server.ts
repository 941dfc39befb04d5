import { Environment, type ASTNode } from '@marcbachmann/cel-js'

/** What rules may speak of: `int` values are bigint, in minor units. A name that is not given is unknown, not 0. */
export type RuleVariables = Readonly<Record<string, 'int' | 'double' | 'string' | 'bool'>>
export type RuleFacts = Readonly<Record<string, bigint | number | string | boolean>>

/** Why a rule cannot be saved, and where in its text. */
export class RuleError extends Error {
	readonly at: number | null

	constructor(message: string, at: number | null) {
		super(message)
		this.name = 'RuleError'
		this.at = at
	}
}

const MOST_LETTERS = 2_000
const LIMITS = { maxAstNodes: 200, maxDepth: 20, maxListElements: 200, maxMapEntries: 0, maxCallArguments: 8 }

/** Nothing that loops, nothing that takes a pattern (`matches` is a JavaScript expression that can run for hours), nothing that reaches into an object. */
const OPERATORS: ReadonlySet<string> = new Set(
	'value id list in && || !_ == != < <= > >= + - * / -_ ?:'.split(' '),
)
const FUNCTIONS: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'contains', 'size'])

export type RuleEnvironment = Environment

export function ruleEnvironment(variables: RuleVariables): RuleEnvironment {
	const environment = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS })
	for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type)
	return environment
}

const isNode = (value: unknown): value is ASTNode =>
	typeof value === 'object' && value !== null && 'op' in value && 'args' in value

function refuseUnlisted(part: unknown): void {
	if (Array.isArray(part)) {
		for (const each of part) refuseUnlisted(each)
		return
	}
	if (!isNode(part)) return
	const args: unknown[] = [part.args].flat()
	const isCall = part.op === 'call' || part.op === 'rcall'
	const name = String(isCall ? args.shift() : part.op)
	if (!(isCall ? FUNCTIONS : OPERATORS).has(name))
		throw new RuleError(`“${name}” cannot be used in a rule.`, part.pos)
	refuseUnlisted(args)
}

const positionOf = (error: unknown): number | null =>
	typeof error === 'object' &&
	error !== null &&
	'range' in error &&
	typeof error.range === 'object' &&
	error.range !== null &&
	'start' in error.range &&
	typeof error.range.start === 'number'
		? error.range.start
		: null

/** The library's first line; below it is a drawing of the place, which `at` says. */
const firstLine = (error: unknown): string =>
	(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

export type CompiledRule = (facts: RuleFacts) => 'match' | 'no_match' | 'unknown'

/**
 * Checks a rule and prepares it: names, types and size are refused here, at saving. Running it never throws: what cannot
 * be evaluated, because a fact is missing or a division by zero, is `unknown`, and never an answer.
 */
export function compileRule(environment: RuleEnvironment, text: string): CompiledRule {
	if (text.length > MOST_LETTERS) throw new RuleError('A rule has at most 2,000 characters.', MOST_LETTERS)
	let rule: ReturnType<Environment['parse']>
	try {
		rule = environment.parse(text)
	} catch (error) {
		throw new RuleError(firstLine(error), positionOf(error))
	}
	refuseUnlisted(rule.ast)
	const check = rule.check()
	if (!check.valid) throw new RuleError(firstLine(check.error), positionOf(check.error))
	if (String(check.type) !== 'bool')
		throw new RuleError(`A rule says yes or no; this one says ${String(check.type)}.`, 0)
	return (facts) => {
		try {
			return rule({ ...facts }) === true ? 'match' : 'no_match'
		} catch {
			return 'unknown'
		}
	}
}
