import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const judge = (input: string) => {
	const { status, stdout } = spawnSync(process.execPath, ['.ci/known-weaknesses.js'], {
		input,
		encoding: 'utf8',
	})
	return { status, stdout }
}

const report = (counts: object, vulnerabilities: object = {}) =>
	JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: counts } })

test.each(['', 'npm error audit endpoint returned an error', '{"error":{"code":"E405"}}', 'null', '{'])(
	'a registry without an answer stops nobody, and is said to have given none: %j',
	(input) => {
		expect(judge(input)).toEqual({ status: 0, stdout: expect.stringMatching(/^NOT ASKED/) })
	},
)

test('a high or critical weakness stops the build and is named, a lower one is named', () => {
	expect(judge(report({ total: 0 }))).toEqual({ status: 0, stdout: expect.stringMatching(/^Asked: 0 /) })
	const low = judge(report({ total: 1, low: 1 }, { left: { severity: 'low' } }))
	expect(low).toEqual({ status: 0, stdout: expect.stringContaining('low  left') })
	for (const severity of ['high', 'critical']) {
		const answer = judge(report({ total: 1, [severity]: 1 }, { pad: { severity } }))
		expect(answer).toEqual({ status: 1, stdout: expect.stringContaining(`${severity}  pad`) })
	}
})
