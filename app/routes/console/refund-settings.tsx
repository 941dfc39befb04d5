import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ArrowLeft } from 'lucide-react'
import { setRefundLimit } from '#app/commands/refunds/set-refund-limit.server.ts'
import type { RefundSettingsView } from '#app/contracts/console.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { may } from '#app/domain/access/grant.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp } from '#app/http/step-up.server.ts'
import { presentRefundLimits } from '#app/presenters/refund-settings.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { readLimitCommand, type LimitResult } from '#app/ui/console/limit-command.ts'
import { LimitForm, LimitList } from '#app/ui/console/refund-limits.tsx'
import { Banner } from '#app/ui/kit/banner.tsx'
import { Panel } from '#app/ui/kit/card.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'Refund approval · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/settings/refunds']

export async function loader({ request, context }: LoaderFunctionArgs): Promise<RefundSettingsView> {
	const { merchantId, grant, services } = await requireMember(request, context, PAGE.read)
	return {
		limits: await presentRefundLimits(services, merchantId),
		maySet: may(grant, PAGE.act.set),
	}
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { merchantId, userId, services } = await requireMember(request, context, PAGE.act.set)
	const command = readLimitCommand(await request.formData())
	if ('ok' in command) return data<LimitResult>(command, { status: 400 })
	const unproven = await requireStepUp(request, context, { userId })
	if (unproven) return unproven
	try {
		const actor = { kind: 'console' as const, ref: userId }
		await setRefundLimit(services, { merchantId, actor, ...command })
	} catch (error) {
		if (!isDomainError(error)) throw error
		return data<LimitResult>({ ok: false, message: error.message, field: null }, { status: 403 })
	}
	const code = command.currency.toUpperCase()
	const message =
		command.aboveMinor === null
			? `Refunds in ${code} have no limit any more.`
			: `The limit in ${code} is saved.`
	return data<LimitResult>({ ok: true, message })
}

export default function RefundSettingsPage() {
	const { limits, maySet } = useLoaderData() as RefundSettingsView
	return (
		<>
			<PageHeader
				above={
					<Link
						to="/console/refunds"
						className="inline-flex items-center gap-1 rounded-sm text-sm text-muted hover:text-ink"
					>
						<ArrowLeft aria-hidden="true" className="size-3.5" />
						Refunds
					</Link>
				}
				title="Refund approval"
				below="Above a limit, somebody other than the person who asked must approve a refund."
			/>
			<div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
				<Panel flush title="Limits">
					<LimitList limits={limits} maySet={maySet} />
				</Panel>
				{maySet ? (
					<Panel title="Set a limit">
						<LimitForm />
					</Panel>
				) : (
					<Banner>Only an owner or an admin can change the limits.</Banner>
				)}
			</div>
		</>
	)
}

export const ErrorBoundary = () => <ConsoleError />
