import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export type SandboxProcess = {
	url: string
	/** Spoils the next answers, oldest first: `timeout_after`, `error_500_kept`, … */
	spoilNext(kinds: readonly string[], path?: string): Promise<void>
	/** What the gateway itself has: its own charges, refunds and disputes. */
	books(): Promise<{
		charges: GatewayCharge[]
		refunds: { id: string; amount: number; status: string }[]
		disputes: GatewayDispute[]
	}>
	stop(): Promise<void>
}

export type GatewayCharge = {
	id: string
	amount: number
	currency: string
	status: string
	captured: boolean
	metadata: Record<string, string>
}

export type GatewayDispute = {
	id: string
	payment_intent: string
	status: string
	amount: number
	evidence: Record<string, string>
	evidence_details: { submission_count: number; due_by: number }
}

/** The sandbox gateway as it ships: its own process, reached over HTTP only. */
export async function startSandboxProcess(variables: Record<string, string> = {}): Promise<SandboxProcess> {
	const child = spawn(process.execPath, ['app/sandbox/main.ts'], {
		env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_DATA: 'memory', ...variables },
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	const url = await announcedUrl(child.stdout)
	child.stdout.resume()
	return {
		url,
		async spoilNext(kinds, path) {
			const answer = await fetch(`${url}/sandbox/faults`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ next: kinds, ...(path && { path }) }),
			})
			if (!answer.ok) throw new Error(`the sandbox refused the fault plan: ${await answer.text()}`)
		},
		books: async () => (await fetch(`${url}/sandbox/books`)).json() as ReturnType<SandboxProcess['books']>,
		async stop() {
			if (child.exitCode !== null) return
			const ended = once(child, 'exit')
			child.kill('SIGTERM')
			await ended
		},
	}
}

async function announcedUrl(output: NodeJS.ReadableStream): Promise<string> {
	for await (const line of createInterface({ input: output })) {
		const said = JSON.parse(line) as { sandbox?: string; url?: string }
		if (said.sandbox === 'listening' && said.url) return said.url
	}
	throw new Error('the sandbox ended without saying where it listens')
}
