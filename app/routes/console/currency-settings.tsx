import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { setCurrencies } from '#app/commands/fx/set-currencies.server.ts'
import type { CurrencySettingsView } from '#app/contracts/currency-settings.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { may } from '#app/domain/access/grant.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentCurrencySettings } from '#app/presenters/currency-settings.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { readCurrencyCommand, type CurrencyResult } from '#app/ui/console/currency-command.ts'
import { CurrencyForm } from '#app/ui/console/currency-form.tsx'
import { spreadWords } from '#app/ui/kit/format-rate.ts'
import { RatesPanel } from '#app/ui/console/rates-panel.tsx'
import { Banner } from '#app/ui/kit/banner.tsx'
import { Panel } from '#app/ui/kit/card.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'Currencies · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/settings/currencies']

export async function loader({ request, context }: LoaderFunctionArgs): Promise<CurrencySettingsView> {
	const { merchantId, grant, services } = await requireMember(request, context, PAGE.read)
	return presentCurrencySettings(services, { merchantId, maySet: may(grant, PAGE.act.set) })
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { merchantId, userId, services } = await requireMember(request, context, PAGE.act.set)
	const command = readCurrencyCommand(await request.formData())
	if ('ok' in command) return data<CurrencyResult>(command, { status: 400 })
	try {
		const actor = { kind: 'console' as const, ref: userId }
		await setCurrencies(services, { merchantId, actor, ...command })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const field = error.param === 'settlement_currency' ? error.param : null
		const status = error.kind === 'forbidden' ? 403 : 409
		return data<CurrencyResult>({ ok: false, message: error.message, field }, { status })
	}
	const message = `Saved. Prices in other currencies add ${spreadWords(command.spreadBps)} from now on.`
	return data<CurrencyResult>({ ok: true, message })
}

export default function CurrencySettingsPage() {
	const settings = useLoaderData() as CurrencySettingsView
	return (
		<>
			<PageHeader
				title="Currencies"
				below="Shoppers can see an order’s price in their own currency and pay it. You are paid in yours."
			/>
			<div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
				<RatesPanel settings={settings} />
				{settings.maySet ? (
					<Panel title="Your currency">
						<CurrencyForm settings={settings} />
					</Panel>
				) : (
					<Banner>
						You are paid in {settings.settlementCurrency.toUpperCase()}, and prices in other currencies add{' '}
						{spreadWords(settings.spreadBps)}. Only an owner or an admin can change this.
					</Banner>
				)}
			</div>
		</>
	)
}

export const ErrorBoundary = () => <ConsoleError />
