import { data, type ActionFunctionArgs } from '@remix-run/node'
import { MOST_SIMULATED } from '#app/contracts/routing.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentSimulation } from '#app/presenters/simulate-routing.server.ts'
import { areIssues, refuseRouting, rulesIn } from '#app/ui/console/routing-command.ts'

/** `yesterday`, or how many of the newest payments. */
function lastIn(span: FormDataEntryValue | null): number | undefined {
	const count = Number.parseInt(String(span), 10)
	return Number.isInteger(count) && count > 0 ? Math.min(count, MOST_SIMULATED) : undefined
}

const PAGE = CONSOLE_PAGES['/console/routing/simulate']

/** Holds the rules of the editor against past payments. Nothing is changed. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { merchantId, services } = await requireMember(request, context, PAGE.act.simulate)
	const form = await request.formData()
	const rules = rulesIn(String(form.get('rules')))
	if (rules === null || areIssues(rules)) {
		return data(refuseRouting('These rules are not complete yet.', rules ?? []), { status: 400 })
	}
	const last = lastIn(form.get('span'))
	return data({
		ok: true as const,
		simulation: await presentSimulation(services, { merchantId, rules, last }),
	})
}
