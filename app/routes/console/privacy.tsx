import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { payerOf } from '#app/commands/privacy/find-payer.server.ts'
import { ListPrivacyRequests } from '#app/contracts/privacy.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentPrivacyRequests } from '#app/presenters/privacy.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { readWanted, type PrivacyRefusal } from '#app/ui/console/privacy-command.ts'
import { PrivacyPage, type PrivacyView } from '#app/ui/console/privacy-page.tsx'
import { placeIn } from '#app/ui/kit/pager.tsx'

const PAGE = CONSOLE_PAGES['/console/privacy']

export const meta: MetaFunction = () => [{ title: 'Privacy · Tillhouse' }]

export async function loader({ request, context }: LoaderFunctionArgs): Promise<PrivacyView> {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const asked = placeIn(new URL(request.url).searchParams)
	const query = ListPrivacyRequests.safeParse(asked)
	const place = query.success ? asked : {}
	const page = await presentPrivacyRequests(
		services,
		merchantId,
		query.success ? query.data : ListPrivacyRequests.parse({}),
	)
	return { requests: page.data, hasMore: page.has_more, place }
}

/** A form and not a link: addresses of pages are logged, and kept by browsers. */
export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	requireMay(member, PAGE.act.find)
	const { merchantId, services } = member
	const wanted = readWanted(await request.formData())
	if ('ok' in wanted) return data<PrivacyRefusal>(wanted, { status: 400 })
	try {
		const { id } = await payerOf(services, merchantId, wanted)
		return redirect(`/console/privacy/${id}`)
	} catch (error) {
		if (!isDomainError(error)) throw error
		return data<PrivacyRefusal>({ ok: false, message: error.message, field: 'who' }, { status: 404 })
	}
}

export default function PrivacyRoute() {
	return <PrivacyPage view={useLoaderData() as PrivacyView} />
}

export const ErrorBoundary = () => <ConsoleError />
