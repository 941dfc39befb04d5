import { expect, test } from 'vitest'
import { decideByRules, type JudgedRule, type OnUnknown, type RuleAction } from './decide-by-rules.ts'

const rule = (
	action: RuleAction,
	outcome: JudgedRule['outcome'] = 'match',
	onUnknown: OnUnknown = 'review',
): JudgedRule => ({ id: `${action} ${outcome}`, action, outcome, onUnknown })

test.each<[string, JudgedRule[], object]>([
	['no rule: the score decides', [], { requests3ds: false, decision: null, because: [] }],
	['no match: the score decides', [rule('block', 'no_match')], { decision: null }],
	['allow beats block and review', [rule('review'), rule('block'), rule('allow')], { decision: 'allow' }],
	['block beats review', [rule('review'), rule('block')], { decision: 'block', because: ['block match'] }],
	['3DS ends nothing', [rule('request_3ds'), rule('review')], { requests3ds: true, decision: 'review' }],
	['3DS alone leaves it to the score', [rule('request_3ds')], { requests3ds: true, decision: null }],
	['what cannot be evaluated is reviewed', [rule('block', 'unknown')], { decision: 'review' }],
	['an allow rule in doubt never allows', [rule('allow', 'unknown')], { decision: 'review' }],
	['a rule may block in doubt', [rule('review', 'unknown', 'block')], { decision: 'block' }],
	['or be left out', [rule('block', 'unknown', 'ignore')], { decision: null, because: [] }],
])('%s', (_what, rules, expected) => {
	expect(decideByRules(rules)).toMatchObject(expected)
})
