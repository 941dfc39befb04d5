import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { setMethod } from '#app/commands/methods/set-method.server.ts'
import type { MethodSettingsView } from '#app/contracts/method-settings.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { may } from '#app/domain/access/grant.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { METHOD_TITLES } from '#app/domain/methods/method-words.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentMethodSettings } from '#app/presenters/method-settings.server.ts'
import { presentMethodOffers } from '#app/presenters/offered-methods.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { readMethodCommand, type MethodField, type MethodResult } from '#app/ui/console/method-command.ts'
import { MethodPreviewPanel } from '#app/ui/console/method-preview-panel.tsx'
import { previewFrom } from '#app/ui/console/method-preview.ts'
import { MethodList } from '#app/ui/console/method-settings.tsx'
import { NothingToPayWith } from '#app/ui/console/nothing-to-pay-with.tsx'
import { Banner } from '#app/ui/kit/banner.tsx'
import { Panel } from '#app/ui/kit/card.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'Payment methods · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/settings/payment-methods']

export async function loader({ request, context }: LoaderFunctionArgs): Promise<MethodSettingsView> {
	const { merchantId, grant, services } = await requireMember(request, context, PAGE.read)
	const { query, ...preview } = previewFrom(new URL(request.url).searchParams)
	return {
		rows: await presentMethodSettings(services, merchantId),
		maySet: may(grant, PAGE.act.set),
		preview: { ...preview, offers: query ? await presentMethodOffers(services, { merchantId, query }) : [] },
	}
}

const FIELDS: readonly MethodField[] = ['countries', 'currency', 'min', 'max']

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { merchantId, userId, services } = await requireMember(request, context, PAGE.act.set)
	const command = readMethodCommand(await request.formData())
	if ('ok' in command) return data<MethodResult>(command, { status: 400 })
	try {
		const actor = { kind: 'console' as const, ref: userId }
		await setMethod(services, { merchantId, actor, ...command })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const field = FIELDS.find((known) => known === error.param) ?? null
		const status = error.kind === 'forbidden' ? 403 : 400
		return data<MethodResult>({ ok: false, message: error.message, field }, { status })
	}
	return data<MethodResult>({ ok: true, message: `${METHOD_TITLES[command.type]} is saved.` })
}

export default function PaymentMethodsPage() {
	const { rows, maySet, preview } = useLoaderData() as MethodSettingsView
	return (
		<>
			<PageHeader
				title="Payment methods"
				below="What your customers can pay with. A change counts from the next try to pay on."
			/>
			<NothingToPayWith />
			{!maySet && <Banner className="mb-4">Only an owner or an admin can change the payment methods.</Banner>}
			<div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
				<Panel flush title="Methods" note="Each method through each gateway that takes it.">
					<MethodList rows={rows} maySet={maySet} />
				</Panel>
				<MethodPreviewPanel preview={preview} />
			</div>
		</>
	)
}

export const ErrorBoundary = () => <ConsoleError />
