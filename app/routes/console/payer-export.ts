import type { ActionFunctionArgs } from '@remix-run/node'
import { exportResponse } from '#app/api/privacy.server.ts'
import { recordExport } from '#app/commands/privacy/record-export.server.ts'
import { PayerId } from '#app/contracts/privacy.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { payerExport } from '#app/presenters/payer-export.server.ts'

const PAGE = CONSOLE_PAGES['/console/privacy/:payerId/export']

/** Everything held about a payer, as a file. */
export async function action({ request, context, params }: ActionFunctionArgs): Promise<Response> {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	requireMay(member, PAGE.act.export)
	const { merchantId, userId, services } = member
	const payerId = PayerId.safeParse(params['payerId'])
	if (!payerId.success) return new Response(null, { status: 404 })
	const actor = { kind: 'console' as const, ref: userId }
	try {
		const payer = await recordExport(services, { merchantId, payerId: payerId.data, actor })
		return exportResponse(payerExport(services, payer, services.clock.now()), payer.id)
	} catch (error) {
		if (isDomainError(error)) return new Response(error.message, { status: 404 })
		throw error
	}
}
