import {
	data,
	MaxPartSizeExceededError,
	unstable_createMemoryUploadHandler,
	unstable_parseMultipartFormData,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { useLoaderData, type ClientActionFunctionArgs, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { checkDifference } from '#app/commands/reconciliation/check-difference.server.ts'
import {
	isStatementName,
	MOST_STATEMENT_BYTES,
} from '#app/commands/reconciliation/read-bank-statement.server.ts'
import { requestReconciliation } from '#app/commands/reconciliation/request-reconciliation.server.ts'
import { settleDifference } from '#app/commands/reconciliation/settle-difference.server.ts'
import { uploadBankStatement } from '#app/commands/reconciliation/upload-bank-statement.server.ts'
import type { Services } from '#app/compose.server.ts'
import type { DifferenceFilters, ReconciliationView } from '#app/contracts/reconciliation.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { isDomainError } from '#app/domain/errors/domain-error.ts'
import { DIFFERENCE_CLASSES } from '#app/domain/reconciliation/finding.ts'
import { requireMay, requireMember } from '#app/http/console-session.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { presentReconciliationView } from '#app/presenters/reconciliation.server.ts'
import { plural } from '#app/ui/console/format-measure.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import {
	readReconciliationCommand,
	type ReconciliationCommand,
	type ReconciliationRefusal,
	type ReconciliationResult,
} from '#app/ui/console/reconciliation-command.ts'
import { ReconciliationPage } from '#app/ui/console/reconciliation-page.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'
import { useLiveRevalidation } from '#app/ui/live/use-live-payments.ts'

export const meta: MetaFunction = () => [{ title: 'Reconciliation · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/reconciliation']

/** A value that cannot be read does not filter. */
function filtersFrom(query: URLSearchParams): DifferenceFilters {
	const named = DIFFERENCE_CLASSES.find((candidate) => candidate === query.get('class'))
	const after = query.get('starting_after')
	const before = query.get('ending_before')
	return {
		state: query.get('state') === 'closed' ? 'closed' : 'open',
		...(named && { class: named }),
		...(after && { starting_after: after }),
		...(before && { ending_before: before }),
	}
}

export async function loader({ request, context }: LoaderFunctionArgs): Promise<ReconciliationView> {
	const { merchantId, services } = await requireMember(request, context, PAGE.read)
	const filters = filtersFrom(new URL(request.url).searchParams)
	return presentReconciliationView(services, { merchantId, filters })
}

const refuse = (message: string, more: Partial<ReconciliationRefusal> = {}): ReconciliationRefusal => ({
	ok: false,
	message,
	field: null,
	...more,
})

const readForm = (request: Request): Promise<FormData> =>
	request.headers.get('content-type')?.startsWith('multipart/')
		? unstable_parseMultipartFormData(
				request,
				unstable_createMemoryUploadHandler({ maxPartSize: MOST_STATEMENT_BYTES }),
			)
		: request.formData()

async function upload(
	services: Services,
	input: { merchantId: string; actor: { kind: 'console'; ref: string } },
	statement: File,
): Promise<ReconciliationResult> {
	if (!isStatementName(statement.name)) {
		const message = 'A statement is a file that ends in .csv or .txt. Nothing was kept.'
		return refuse(message, { field: 'statement' })
	}
	const bytes = new Uint8Array(await statement.arrayBuffer())
	const read = await uploadBankStatement(services, { ...input, fileName: statement.name, bytes })
	if (!read.ok) {
		const message = 'Nothing was kept, because the statement cannot be read completely.'
		return refuse(message, { field: 'statement', problems: read.problems })
	}
	const known = read.lines - read.added
	const said = known > 0 ? ` ${known} ${known === 1 ? 'was' : 'were'} there already.` : ''
	const shown = read.matched === 1 ? '1 payout has arrived.' : `${read.matched} payouts have arrived.`
	return { ok: true, message: `${plural(read.added, 'line')} added.${said} ${shown}` }
}

async function carryOut(
	services: Services,
	ofWorld: Parameters<typeof checkDifference>[0],
	input: { merchantId: string; actor: { kind: 'console'; ref: string } },
	command: ReconciliationCommand,
): Promise<ReconciliationResult> {
	switch (command.intent) {
		case 'run':
			for (const { name } of services.gateways.connected)
				await requestReconciliation(services, { ...input, gateway: name })
			return { ok: true, message: 'The comparison has started.' }
		case 'settle':
			await settleDifference(services, { ...input, differenceId: command.difference, note: command.note })
			return { ok: true, message: 'Settled. Your note is in the audit log.' }
		case 'check': {
			// What a gateway's books do not explain is shared out anew among all whose payments are in them.
			const row = await checkDifference(ofWorld, { ...input, differenceId: command.difference })
			const message = row.closed_at ? 'It is no longer there.' : 'Asked again: the difference is still there.'
			return { ok: true, message }
		}
		case 'upload':
			return upload(services, input, command.statement)
	}
}

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const member = await requireMember(request, context, PAGE.read)
	const { merchantId, userId, livemode, services } = member
	try {
		const command = readReconciliationCommand(await readForm(request))
		if (!command)
			return data<ReconciliationResult>(refuse('The form was not complete. Nothing was changed.'), {
				status: 400,
			})
		requireMay(member, PAGE.act[command.intent])
		const actor = { kind: 'console' as const, ref: userId }
		const result = await carryOut(
			services,
			context.services.inWorld(livemode),
			{ merchantId, actor },
			command,
		)
		return data<ReconciliationResult>(result, { status: result.ok ? 200 : 400 })
	} catch (error) {
		if (error instanceof MaxPartSizeExceededError) {
			const message = 'This file is larger than 1 MB. Export a shorter period.'
			return data<ReconciliationResult>(refuse(message, { field: 'statement' }), { status: 413 })
		}
		if (!isDomainError(error)) throw error
		const field = error.param === 'note' ? 'note' : null
		return data<ReconciliationResult>(refuse(error.message, { field }), { status: 409 })
	}
}

const lastGood = createLastGood<ReconciliationView>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

/** Every command of this page may be given twice, so an answer that is lost costs nothing but another try. */
export async function clientAction({
	serverAction,
}: ClientActionFunctionArgs): Promise<ReconciliationResult> {
	try {
		return (await serverAction<ReconciliationResult>()) as ReconciliationResult
	} catch (error) {
		if (error instanceof Response) throw error
		return refuse(
			navigator.onLine
				? 'No answer came back. Try again; nothing happens twice.'
				: 'You are offline. Try again when the connection is back.',
		)
	}
}

export default function Reconciliation() {
	const view = useLoaderData() as ReconciliationView
	lastGood.useRemember(view)
	useLiveRevalidation(() => false)
	return <ReconciliationPage view={view} />
}

export const ErrorBoundary = () => <ConsoleError />
