import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { KeptMailView } from '#app/contracts/mail.ts'
import { presentLocalMail } from '#app/presenters/local-mail.server.ts'
import { MailboxPage } from '#app/ui/dev/mailbox-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Mail · Tillhouse' }]

/** The mailbox of a house without an SMTP server: everybody's mail lies open, so a house with real people has none. */
export async function loader({ request, context }: LoaderFunctionArgs) {
	if (context.services.env.mail.kind !== 'local') throw new Response(null, { status: 404 })
	const mails = await presentLocalMail(context.services.acrossMerchants)
	const id = new URL(request.url).searchParams.get('id')
	return { mails, shown: mails.find((mail) => mail.id === id) ?? null }
}

export default function Mailbox() {
	const { mails, shown } = useLoaderData() as { mails: KeptMailView[]; shown: KeptMailView | null }
	return <MailboxPage mails={mails} shown={shown} />
}
