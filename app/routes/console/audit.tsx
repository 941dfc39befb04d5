import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, type ClientLoaderFunctionArgs } from '@remix-run/react'
import type { AuditListView } from '#app/contracts/audit.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { may } from '#app/domain/access/grant.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentAuditList } from '#app/presenters/audit-list.server.ts'
import { auditFiltersFrom } from '#app/ui/console/audit-filters.ts'
import { AuditPage } from '#app/ui/console/audit-page.tsx'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'

const PAGE = CONSOLE_PAGES['/console/audit']
const DOWNLOAD = CONSOLE_PAGES['/console/audit/download'].act.download

export const meta: MetaFunction = () => [{ title: 'Audit record · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs): Promise<AuditListView> {
	const { merchantId, grant, services } = await requireMember(request, context, PAGE.read)
	const filters = auditFiltersFrom(new URL(request.url).searchParams)
	return presentAuditList(services, { merchantId, mayExport: may(grant, DOWNLOAD) }, filters)
}

const lastGood = createLastGood<AuditListView>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

export default function AuditRoute() {
	const view = useLoaderData() as AuditListView
	lastGood.useRemember(view)
	return <AuditPage view={view} />
}

export const ErrorBoundary = () => <ConsoleError />
