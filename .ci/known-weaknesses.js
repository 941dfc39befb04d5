// Reads what `npm audit --json` says. 1: a package of production has a known high or critical weakness. A registry that
// does not answer is no verdict, and is said to be none.
import { text } from 'node:stream/consumers'

const said = await text(process.stdin)

function reportIn(json) {
	try {
		const report = JSON.parse(json)
		return report?.auditReportVersion === undefined ? null : report
	} catch {
		return null
	}
}

const report = reportIn(said)
if (report === null) {
	console.log(
		'NOT ASKED: the registry gave no answer about known weaknesses. Ask from elsewhere: npm audit --omit=dev',
	)
} else {
	const { high = 0, critical = 0, total = 0 } = report.metadata?.vulnerabilities ?? {}
	console.log(
		`Asked: ${total} known weaknesses in packages of production, ${high} high, ${critical} critical.`,
	)
	for (const [name, { severity }] of Object.entries(report.vulnerabilities ?? {}))
		console.log(`  ${severity}  ${name}`)
	process.exitCode = high + critical > 0 ? 1 : 0
}
