import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { createApiKey } from '#app/commands/api-keys/create-api-key.server.ts'
import { revokeApiKey } from '#app/commands/api-keys/revoke-api-key.server.ts'
import { rollApiKey } from '#app/commands/api-keys/roll-api-key.server.ts'
import type { ApiKeysPage } from '#app/contracts/api-keys.ts'
import { KEY_PERMISSIONS, missingFor } from '#app/domain/access/api-keys.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp } from '#app/http/step-up.server.ts'
import { presentApiKeys } from '#app/presenters/api-keys.server.ts'
import { readApiKeyCommand, type ApiKeyField, type ApiKeyResult } from '#app/ui/console/api-key-command.ts'
import { NewKeyDialog } from '#app/ui/console/api-key-dialogs.tsx'
import { ApiKeyForm } from '#app/ui/console/api-key-form.tsx'
import { ApiKeyList } from '#app/ui/console/api-key-list.tsx'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import { Panel } from '#app/ui/kit/card.tsx'
import { PageHeader } from '#app/ui/kit/page-header.tsx'

export const meta: MetaFunction = () => [{ title: 'API keys · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/settings/api-keys']
const DAY_MS = 86_400_000
const FIELDS: readonly ApiKeyField[] = ['name', 'permissions', 'networks', 'reason']

export async function loader({ request, context }: LoaderFunctionArgs): Promise<ApiKeysPage> {
	const { merchantId, grant, services } = await requireMember(request, context, PAGE.read)
	const notTheirs = new Set(missingFor(grant, KEY_PERMISSIONS))
	return {
		keys: await presentApiKeys(services, merchantId),
		grantable: KEY_PERMISSIONS.filter((permission) => !notTheirs.has(permission)),
	}
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const { merchantId, userId, grant, services } = member
	const command = readApiKeyCommand(await request.formData())
	if ('ok' in command) return data<ApiKeyResult>(command, { status: 400 })
	requireMay(member, PAGE.act[command.intent])
	// A key that leaked must go at once: revoking asks for nothing.
	const unproven = command.intent === 'revoke' ? null : await requireStepUp(request, context, member)
	if (unproven) return unproven
	const asked = { merchantId, grant, actor: { kind: 'console' as const, ref: userId } }
	try {
		if (command.intent === 'revoke') {
			await revokeApiKey(services, { ...asked, ...command })
			return data<ApiKeyResult>({ ok: true, message: 'The key is revoked.', key: null })
		}
		if (command.intent === 'roll') {
			const { key } = await rollApiKey(services, { ...asked, ...command })
			return data<ApiKeyResult>({ ok: true, message: 'The new key is made.', key })
		}
		const { days, ...settings } = command.settings
		const expires_at = days === null ? null : new Date(services.clock.now().getTime() + days * DAY_MS)
		const { key } = await createApiKey(services, {
			...asked,
			kind: command.kind,
			settings: { ...settings, requests_per_minute: null, expires_at },
		})
		return data<ApiKeyResult>({ ok: true, message: 'The key is made.', key })
	} catch (error) {
		if (!isDomainError(error)) throw error
		const field = FIELDS.find((known) => known === error.param) ?? null
		const status = error.kind === 'forbidden' ? 403 : error.kind === 'not_found' ? 404 : 400
		return data<ApiKeyResult>({ ok: false, message: error.message, field }, { status })
	}
}

export default function ApiKeysRoute() {
	const { keys, grantable } = useLoaderData() as ApiKeysPage
	const [made, setMade] = useState<string | null>(null)
	return (
		<>
			<PageHeader
				title="API keys"
				below="What your servers show to take payments. A key is shown once; every change is in the audit log."
			/>
			<div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
				<Panel flush title="Keys">
					<ApiKeyList keys={keys} onKey={setMade} />
				</Panel>
				<Panel title="Make a key">
					<ApiKeyForm grantable={grantable} onKey={setMade} />
				</Panel>
			</div>
			{made !== null && <NewKeyDialog value={made} onClose={() => setMade(null)} />}
		</>
	)
}

export const ErrorBoundary = () => <ConsoleError />
