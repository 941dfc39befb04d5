import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigation, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { SearchX, ShieldCheck } from 'lucide-react'
import type { DisputeList } from '#app/contracts/dispute-views.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentDisputeList } from '#app/presenters/dispute-list.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { DisputeFilterBar, disputeFiltersFrom, disputesLink } from '#app/ui/console/dispute-filters.tsx'
import { DisputeTable } from '#app/ui/console/dispute-table.tsx'
import { WinRates } from '#app/ui/console/win-rates.tsx'
import { ButtonLink } from '#app/ui/kit/button.tsx'
import { Card } from '#app/ui/kit/card.tsx'
import { cn } from '#app/ui/kit/class-names.ts'
import { EmptyState } from '#app/ui/kit/empty-state.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'
import { Pager } from '#app/ui/kit/pager.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Disputes · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/disputes']

export async function loader({ request, context }: LoaderFunctionArgs): Promise<DisputeList> {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const filters = disputeFiltersFrom(new URL(request.url).searchParams)
	return presentDisputeList(services, { merchantId, filters })
}

const lastGood = createLastGood<DisputeList>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

export default function DisputesPage() {
	const list = useLoaderData() as DisputeList
	lastGood.useRemember(list)
	useLiveRevalidation((change) => change.kind === 'dispute')
	const pending = useNavigation().location?.pathname === '/console/disputes'
	const { status } = list.filters
	return (
		<>
			<PageHeader
				title="Disputes"
				below="A customer’s bank takes money back, or asks about a payment first."
			/>
			<DisputeFilterBar filters={list.filters} />
			<div className="grid gap-4">
				<Card aria-busy={pending} className={cn('transition-opacity', pending && 'opacity-60')}>
					{list.disputes.length > 0 ? (
						<DisputeTable disputes={list.disputes} readAt={list.readAt} />
					) : (
						<NothingFound filtered={list.filters.status !== undefined} />
					)}
					<Pager
						ids={list.disputes.map(({ id }) => id)}
						hasMore={list.hasMore}
						place={list.filters}
						linkTo={(place) => disputesLink({ ...(status && { status }), ...place })}
					/>
				</Card>
				<WinRates records={list.records} />
			</div>
		</>
	)
}

function NothingFound({ filtered }: { filtered: boolean }) {
	return filtered ? (
		<EmptyState
			icon={SearchX}
			title="No dispute is in this state"
			action={<ButtonLink to="/console/disputes">Show all disputes</ButtonLink>}
		/>
	) : (
		<EmptyState icon={ShieldCheck} title="No disputes">
			No bank has asked about a payment or taken money back. When one does, it appears here with the time you
			have to answer.
		</EmptyState>
	)
}

export const ErrorBoundary = () => <ConsoleError />
