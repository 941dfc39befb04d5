import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { erasePayer } from '#app/commands/privacy/erase-payer.server.ts'
import { recordView } from '#app/commands/privacy/record-view.server.ts'
import {
	ListPrivacyRequests,
	PayerId,
	type PayerView,
	type PrivacyRequestView,
} from '#app/contracts/privacy.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp } from '#app/http/step-up.server.ts'
import { presentPayerById, presentPrivacyRequests } from '#app/presenters/privacy.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { PayerPage } from '#app/ui/console/payer-page.tsx'
import { readErase, type EraseResult } from '#app/ui/console/privacy-command.ts'

const PAGE = CONSOLE_PAGES['/console/privacy/:payerId']

export const meta: MetaFunction = () => [{ title: 'Payer · Tillhouse' }]

function requireId(id: string | undefined): string {
	const parsed = PayerId.safeParse(id)
	if (!parsed.success) throw data(null, { status: 404 })
	return parsed.data
}

type View = { payer: PayerView; requests: PrivacyRequestView[] }

export async function loader({ request, context, params }: LoaderFunctionArgs): Promise<View> {
	const { merchantId, userId, services } = await requireMember(request, context, PAGE.read)
	const payerId = requireId(params['payerId'])
	const payer = await presentPayerById(services, { merchantId, payerId })
	if (!payer) throw data(null, { status: 404 })
	const actor = { kind: 'console' as const, ref: userId }
	if (payer.erased === null) await recordView(services, { merchantId, payerId, actor, seenAt: payerId })
	const query = ListPrivacyRequests.parse({ payer: payerId })
	return { payer, requests: (await presentPrivacyRequests(services, merchantId, query)).data }
}

export async function action({ request, context, params }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	requireMay(member, PAGE.act.erase)
	const { merchantId, userId, services } = member
	const payerId = requireId(params['payerId'])
	const command = readErase(await request.formData())
	if ('ok' in command) return data<EraseResult>(command, { status: 400 })
	const unproven = await requireStepUp(request, context, member)
	if (unproven) return unproven
	const actor = { kind: 'console' as const, ref: userId }
	try {
		const { status, holds } = await erasePayer(services, { merchantId, payerId, actor, ...command })
		if (status === 'done') return data<EraseResult>({ ok: true, message: 'The payer is erased.' })
		const message = `Nothing was erased: ${holds.length === 1 ? 'something is' : `${holds.length} things are`} still open. The request is kept.`
		return data<EraseResult>({ ok: false, message, field: null }, { status: 409 })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const status = error.kind === 'not_found' ? 404 : 409
		return data<EraseResult>({ ok: false, message: error.message, field: null }, { status })
	}
}

export default function PayerRoute() {
	const { payer, requests } = useLoaderData() as View
	return <PayerPage payer={payer} requests={requests} />
}

export const ErrorBoundary = () => <ConsoleError />
