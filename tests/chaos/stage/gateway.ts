import { startSandboxProgram, type Program } from '#tests/support/programs.ts'

export type BookedCharge = {
	id: string
	payment_intent: string
	status: string
	captured: boolean
	amount: number
	amount_captured: number
	currency: string
	fee: number
	metadata: Record<string, string>
	created: number
}

export type BookedRefund = {
	id: string
	payment_intent: string
	status: string
	amount: number
	currency: string
	metadata: Record<string, string>
	created: number
}

export type Books = { charges: BookedCharge[]; refunds: BookedRefund[] }
export type FaultCounts = { planned: Record<string, number>; happened: Record<string, number> }

export type Gateway = Program & {
	books(): Promise<Books>
	plan(plan: object): Promise<void>
	/** No more faults; what was counted stays. */
	behave(): Promise<void>
	faults(): Promise<FaultCounts>
	/** How many webhooks it has yet to send. */
	webhooksWaiting(): Promise<number>
}

/** The sandbox gateway in a process of its own, with its control desk. */
export async function openGateway(variables: Record<string, string>): Promise<Gateway> {
	const program = await startSandboxProgram(variables)
	const control = async (method: string, path: string, body?: object): Promise<unknown> => {
		const answer = await fetch(`${program.url}/sandbox${path}`, {
			method,
			...(body && { body: JSON.stringify(body) }),
		})
		if (!answer.ok) throw new Error(`the sandbox refused ${method} ${path}: ${await answer.text()}`)
		return answer.json()
	}
	return {
		...program,
		books: async () => (await control('GET', '/books')) as Books,
		plan: async (plan) => void (await control('POST', '/faults', plan)),
		behave: async () => void (await control('DELETE', '/faults')),
		faults: async () => (await control('GET', '/faults')) as FaultCounts,
		webhooksWaiting: async () =>
			((await control('GET', '/health')) as { webhooks_waiting: number }).webhooks_waiting,
	}
}
