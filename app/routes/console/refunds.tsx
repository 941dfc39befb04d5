import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import {
	Link,
	useLoaderData,
	type ClientActionFunctionArgs,
	type ClientLoaderFunctionArgs,
} from '@remix-run/react'
import { SearchX, SlidersHorizontal, Undo2 } from 'lucide-react'
import { approveRefund } from '#app/commands/refunds/approve-refund.server.ts'
import { cancelRefund } from '#app/commands/refunds/cancel-refund.server.ts'
import { rejectRefund } from '#app/commands/refunds/reject-refund.server.ts'
import { REFUND_FILTERS, type RefundListView } from '#app/contracts/console.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp } from '#app/http/step-up.server.ts'
import { presentRefundList } from '#app/presenters/refund-list.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import {
	readRefundCommand,
	type RefundCommandResult,
	type RefundIntent,
} from '#app/ui/console/refund-command.ts'
import { FILTER_WORDS, refundFiltersFrom, refundsLink } from '#app/ui/console/refund-filters.ts'
import { RefundList } from '#app/ui/console/refund-list.tsx'
import { ButtonLink } from '#app/ui/kit/button.tsx'
import { Card, Panel } from '#app/ui/kit/card.tsx'
import { cn } from '#app/ui/kit/class-names.ts'
import { EmptyState } from '#app/ui/kit/empty-state.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'
import { Pager } from '#app/ui/kit/pager.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Refunds · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/refunds']

const DONE: Record<RefundIntent, string> = {
	approve: 'Approved. The refund is on its way.',
	reject: 'Rejected. The amount is free again.',
	withdraw: 'The refund is being withdrawn.',
}

export async function loader({ request, context }: LoaderFunctionArgs): Promise<RefundListView> {
	const { merchantId, userId, services } = await requireMember(request, context, PAGE.read)
	const viewer = { merchantId, actor: { kind: 'console' as const, ref: userId } }
	return presentRefundList(services, viewer, refundFiltersFrom(new URL(request.url).searchParams))
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const { merchantId, userId, grant, services } = member
	const command = readRefundCommand(await request.formData())
	if ('ok' in command) return data<RefundCommandResult>(command, { status: 400 })
	requireMay(member, PAGE.act[command.intent])
	const asked = command.intent === 'approve' ? await requireStepUp(request, context, member) : null
	if (asked) return asked
	const actor = { kind: 'console' as const, ref: userId }
	const input = { merchantId, refundId: command.refund, actor }
	try {
		if (command.intent === 'approve') await approveRefund(services, { ...input, grant })
		if (command.intent === 'reject') await rejectRefund(services, input)
		if (command.intent === 'withdraw') await cancelRefund(services, input)
	} catch (error) {
		if (!isDomainError(error)) throw error
		const status = error.kind === 'forbidden' ? 403 : 409
		return data<RefundCommandResult>({ ok: false, message: error.message, field: null }, { status })
	}
	return data<RefundCommandResult>({ ok: true, message: DONE[command.intent] })
}

const lastGood = createLastGood<RefundListView>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

/** Without an answer the dialog stays and says that the outcome is open; deciding twice is deciding once. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<RefundCommandResult> {
	try {
		return (await serverAction<RefundCommandResult>()) as RefundCommandResult
	} catch (error) {
		if (error instanceof Response) throw error
		const message = 'No answer came back. Try again: a decision that was made already is not made twice.'
		return { ok: false, field: null, message }
	}
}

export default function RefundsPage() {
	const view = useLoaderData() as RefundListView
	lastGood.useRemember(view)
	useLiveRevalidation()
	const { waiting, refunds, filters } = view
	const onTop = new Set(waiting.map(({ id }) => id))
	const others = refunds.filter(({ id }) => !onTop.has(id))
	return (
		<>
			<PageHeader
				title="Refunds"
				actions={
					<ButtonLink to="/console/settings/refunds" prefetch="intent">
						<SlidersHorizontal aria-hidden="true" />
						Approval limits
					</ButtonLink>
				}
			/>
			{waiting.length > 0 && (
				<Panel
					flush
					title="Waiting for approval"
					note="Somebody other than the person who asked decides. The amounts are set aside meanwhile."
					className="mb-4"
				>
					<RefundList refunds={waiting} label="Waiting for approval" />
				</Panel>
			)}
			<nav aria-label="Filter by status" className="mb-3 flex flex-wrap gap-2">
				<FilterLink to="/console/refunds" active={filters.status === undefined} label="All" />
				{REFUND_FILTERS.map((status) => (
					<FilterLink
						key={status}
						to={refundsLink({ status })}
						active={filters.status === status}
						label={FILTER_WORDS[status]}
					/>
				))}
			</nav>
			<Card>
				{others.length > 0 && <RefundList refunds={others} label="Refunds" />}
				{others.length === 0 && onTop.size > 0 && (
					<p className="px-4 py-6 text-center text-muted">Nothing else on this page.</p>
				)}
				{refunds.length === 0 && onTop.size === 0 && <NothingFound filtered={filters.status !== undefined} />}
				<Pager
					ids={refunds.map(({ id }) => id)}
					hasMore={view.hasMore}
					place={filters}
					linkTo={(place) => refundsLink({ ...(filters.status && { status: filters.status }), ...place })}
				/>
			</Card>
		</>
	)
}

function FilterLink({ to, active, label }: { to: string; active: boolean; label: string }) {
	return (
		<Link
			to={to}
			aria-current={active ? 'page' : undefined}
			className={cn(
				'inline-flex h-8 items-center rounded-full border px-3 text-sm pointer-coarse:h-10',
				active
					? 'border-accent/40 bg-accent-soft font-medium text-accent'
					: 'border-line-strong text-muted hover:border-faint hover:text-ink',
			)}
		>
			{label}
		</Link>
	)
}

function NothingFound({ filtered }: { filtered: boolean }) {
	return filtered ? (
		<EmptyState
			icon={SearchX}
			title="No refund is in this state"
			action={<ButtonLink to="/console/refunds">Show all refunds</ButtonLink>}
		/>
	) : (
		<EmptyState
			icon={Undo2}
			title="No refunds yet"
			action={<ButtonLink to="/console/payments">Go to the payments</ButtonLink>}
		>
			A refund starts on the page of its payment. Refunds made at the gateway’s dashboard appear here as well.
		</EmptyState>
	)
}

export const ErrorBoundary = () => <ConsoleError />
