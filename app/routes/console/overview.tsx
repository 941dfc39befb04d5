import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { PERIODS, type Overview, type Period } from '#app/contracts/console.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentOverview } from '#app/presenters/overview.server.ts'
import { OverviewCharts } from '#app/ui/charts/overview-charts.tsx'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { NothingToPayWith } from '#app/ui/console/nothing-to-pay-with.tsx'
import { OverviewPickers } from '#app/ui/console/overview-pickers.tsx'
import { OverviewTiles } from '#app/ui/console/overview-tiles.tsx'
import { PaymentTable } from '#app/ui/console/payment-table.tsx'
import { TogetherLine } from '#app/ui/console/together-line.tsx'
import { Panel } from '#app/ui/kit/card.tsx'
import { NoPaymentsYet } from '#app/ui/console/no-payments-yet.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLatestPayments, useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Overview · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console']

const LATEST = 12

const isPeriod = (text: string | null): text is Period => text !== null && Object.hasOwn(PERIODS, text)

export async function loader({ request, context }: LoaderFunctionArgs): Promise<Overview> {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const query = new URL(request.url).searchParams
	const period = query.get('period')
	const currency = query.get('currency')
	return presentOverview(services, {
		merchantId,
		period: isPeriod(period) ? period : '24h',
		currency: currency && /^[a-z]{3}$/.test(currency) ? currency : null,
	})
}

const lastGood = createLastGood<Overview>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

export default function OverviewPage() {
	const overview = useLoaderData() as Overview
	lastGood.useRemember(overview)
	useLiveRevalidation()
	const latest = useLatestPayments(overview.latest, LATEST)
	const { period, currency, currencies } = overview
	return (
		<>
			<PageHeader
				title="Overview"
				actions={<OverviewPickers period={period} currency={currency} currencies={currencies} />}
			/>
			<NothingToPayWith />
			<div className="grid gap-4">
				<OverviewTiles overview={overview} />
				<TogetherLine together={overview.together} />
				<OverviewCharts overview={overview} />
				<Panel
					flush
					title="Latest payments"
					action={
						<Link
							to="/console/payments"
							className="rounded-sm text-sm font-medium text-accent hover:underline"
						>
							All payments
						</Link>
					}
				>
					{latest.length > 0 ? <PaymentTable payments={latest} label="Latest payments" /> : <NoPaymentsYet />}
				</Panel>
			</div>
		</>
	)
}

export const ErrorBoundary = () => <ConsoleError />
