import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, type ClientActionFunctionArgs, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { changeRouting, type RoutingChange } from '#app/commands/routing/change-routing.server.ts'
import type { RoutingView } from '#app/contracts/routing.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { may } from '#app/domain/access/grant.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentDeclineRows } from '#app/presenters/decline-rows.server.ts'
import { presentGateways } from '#app/presenters/gateways.server.ts'
import { currentOf, presentRuleSets } from '#app/presenters/routing-rules.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import {
	areIssues,
	readRoutingCommand,
	refuseRouting,
	rulesIn,
	type RoutingCommand,
	type RoutingRefusal,
	type RoutingResult,
} from '#app/ui/console/routing-command.ts'
import { RoutingPage } from '#app/ui/console/routing-page.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Routing · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/routing']

export async function loader({ request, context }: LoaderFunctionArgs): Promise<RoutingView> {
	const { merchantId, grant, services } = await requireMember(request, context, PAGE.read)
	const [history, gateways, declines] = await Promise.all([
		presentRuleSets(services, merchantId),
		presentGateways(services, merchantId),
		presentDeclineRows(services, merchantId),
	])
	return { rules: currentOf(history), history, gateways, declines, mayEdit: may(grant, PAGE.act.save) }
}

const DONE: Record<RoutingCommand['intent'], string> = {
	save: 'Saved as a draft. Payments do not follow it yet.',
	switch_on: 'Switched on. New payments follow it from now on.',
	restore: 'Restored as a draft.',
	discard: 'The draft is gone.',
	decline: 'Saved. It counts from the next decline on.',
	decline_reset: 'Back to the default.',
}

function changeOf(command: RoutingCommand): RoutingChange | RoutingRefusal {
	switch (command.intent) {
		case 'save': {
			const rules = rulesIn(command.rules)
			if (rules === null || areIssues(rules)) {
				return refuseRouting('These rules are not complete. Nothing was saved.', rules ?? [])
			}
			return { kind: 'save', rules, activate: false, reason: null }
		}
		case 'switch_on':
			return { kind: 'switch_on', revision: command.revision, reason: command.reason }
		case 'restore':
			return { kind: 'restore', version: command.version }
		case 'discard':
			return { kind: 'discard' }
		case 'decline':
		case 'decline_reset': {
			const { gateway, code } = command
			const change =
				command.intent === 'decline_reset'
					? null
					: { words: command.words, advice: command.advice, mayFallBack: command.may_fall_back === 'on' }
			return { kind: 'decline', gateway, code, change }
		}
	}
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const { merchantId, userId, services } = member
	const command = readRoutingCommand(await request.formData())
	if (!command) {
		const refusal = refuseRouting('The form was not complete. Nothing was changed.')
		return data<RoutingResult>(refusal, { status: 400 })
	}
	requireMay(member, PAGE.act[command.intent])
	const change = changeOf(command)
	if ('ok' in change) return data<RoutingResult>(change, { status: 400 })
	try {
		const actor = { kind: 'console' as const, ref: userId }
		await changeRouting(services, { merchantId, actor }, change)
		return data<RoutingResult>({ ok: true, message: DONE[command.intent] })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const status = error.kind === 'forbidden' ? 403 : error.kind === 'conflict' ? 409 : 400
		return data<RoutingResult>(refuseRouting(error.message), { status })
	}
}

const lastGood = createLastGood<RoutingView>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

/** Every command of this page may be given twice, so an answer that is lost costs nothing but another try. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<RoutingResult> {
	try {
		return (await serverAction<RoutingResult>()) as RoutingResult
	} catch (error) {
		if (error instanceof Response) throw error
		return refuseRouting('No answer came back. Try again; nothing happens twice.')
	}
}

export default function Routing() {
	const view = useLoaderData() as RoutingView
	lastGood.useRemember(view)
	useLiveRevalidation(() => false)
	return <RoutingPage view={view} />
}

export const ErrorBoundary = () => <ConsoleError />
