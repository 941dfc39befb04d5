import type { ActionFunctionArgs } from '@remix-run/node'
import { recordDownload } from '#app/commands/audit/record-download.server.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { auditCsv } from '#app/presenters/audit-csv.server.ts'
import { auditFilterOf } from '#app/presenters/audit-list.server.ts'
import { auditFiltersFrom, narrowing } from '#app/ui/console/audit-filters.ts'

const PAGE = CONSOLE_PAGES['/console/audit/download']

/** The record as it is filtered, as a file. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	requireMay(member, PAGE.act.download)
	const { merchantId, userId, services } = member
	const form = await request.formData()
	const filters = narrowing(
		auditFiltersFrom({
			get: (name) => {
				const value = form.get(name)
				return typeof value === 'string' ? value : null
			},
		}),
	)
	const actor = { kind: 'console' as const, ref: userId }
	await recordDownload(services, { merchantId, actor, filters })
	const day = services.clock.now().toISOString().slice(0, 10)
	return new Response(auditCsv(services.db, await auditFilterOf(services.db, merchantId, filters)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="audit-record-${day}.csv"`,
			'cache-control': 'no-store',
		},
	})
}
