import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigation, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { SearchX } from 'lucide-react'
import type { PaymentList } from '#app/contracts/console.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { presentPaymentList } from '#app/presenters/payment-list.server.ts'
import { activeFilters, filterProblem, filtersFrom, pageLink } from '#app/ui/console/active-filters.ts'
import { BulkRefundBar } from '#app/ui/console/bulk-refund-bar.tsx'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { NewerPayments } from '#app/ui/console/newer-payments.tsx'
import { PaymentFilterBar } from '#app/ui/console/payment-filters.tsx'
import { PaymentTable } from '#app/ui/console/payment-table.tsx'
import { useMay } from '#app/ui/console/permissions.tsx'
import { useRowChoice } from '#app/ui/console/row-choice.ts'
import { ButtonLink } from '#app/ui/kit/button.tsx'
import { Card } from '#app/ui/kit/card.tsx'
import { cn } from '#app/ui/kit/class-names.ts'
import { NoPaymentsYet } from '#app/ui/console/no-payments-yet.tsx'
import { EmptyState } from '#app/ui/kit/empty-state.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'
import { Pager } from '#app/ui/kit/pager.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation, useUpdatedPayments } from '#app/ui/live/use-live-payments.ts'

type View = { list: PaymentList; error: string | null }

export const meta: MetaFunction = () => [{ title: 'Payments · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/payments']

export async function loader({ request, context }: LoaderFunctionArgs) {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const filters = filtersFrom(new URL(request.url).searchParams)
	const refuse = (error: string) => {
		const list: PaymentList = { payments: [], hasMore: false, total: null, filters }
		return data<View>({ list, error }, { status: 400 })
	}
	const wrong = filterProblem(filters)
	if (wrong) return refuse(wrong)
	try {
		const list = await presentPaymentList(services, { merchantId, filters })
		return data<View>({ list, error: null })
	} catch (error) {
		if (!isDomainError(error)) throw error
		return refuse(error.message)
	}
}

const lastGood = createLastGood<View>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

export default function PaymentsPage() {
	const view = useLoaderData() as View
	lastGood.useRemember(view)
	// Rows change in place by the stream itself; only lost events make it necessary to read again.
	useLiveRevalidation(() => false)
	const payments = useUpdatedPayments(view.list.payments)
	const { clear, ...choice } = useRowChoice(payments)
	const mayRefund = useMay()(CONSOLE_PAGES['/console/refunds/bulk'].act.refund)
	const navigation = useNavigation()
	const pending = navigation.location?.pathname === '/console/payments'
	const { list, error } = view
	return (
		<>
			<PageHeader title="Payments" actions={<NewerPayments list={list} />} />
			<PaymentFilterBar filters={list.filters} error={error} pending={pending} />
			{mayRefund && <BulkRefundBar chosen={choice.chosen} onClear={clear} />}
			<Card aria-busy={pending} className={cn('transition-opacity', pending && 'opacity-60')}>
				{payments.length > 0 ? (
					<PaymentTable payments={payments} label="Payments" {...(mayRefund && { choice })} />
				) : (
					!error && <NothingFound filtered={activeFilters(list.filters).length > 0} />
				)}
				{error && (
					<EmptyState icon={SearchX} title="This filter cannot be used">
						Change the value above, or clear the filters.
					</EmptyState>
				)}
				<Pager
					ids={payments.map(({ id }) => id)}
					hasMore={list.hasMore}
					place={list.filters}
					linkTo={(place) => pageLink(list.filters, place)}
				/>
			</Card>
		</>
	)
}

function NothingFound({ filtered }: { filtered: boolean }) {
	return filtered ? (
		<EmptyState
			icon={SearchX}
			title="No payment matches"
			action={<ButtonLink to="/console/payments">Clear the filters</ButtonLink>}
		>
			Take a filter away, or check the spelling of the text.
		</EmptyState>
	) : (
		<NoPaymentsYet />
	)
}

export const ErrorBoundary = () => <ConsoleError />
