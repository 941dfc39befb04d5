import type { Kysely } from 'kysely'
import { listMethodSettings } from '#db/queries/method-settings.ts'
import { listPastPayments, type DatedPayment } from '#db/queries/past-payments.ts'
import type { DB } from '#db/schema.ts'
import { MOST_SIMULATED, type SimulationView } from '../contracts/routing.ts'
import type { Gateways } from '../domain/gateways/ports.ts'
import type { RoutingRule } from '../domain/routing/rules.ts'
import { simulateRules, type Simulation } from '../domain/routing/simulate.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date }; gateways: Gateways }

const DAY_MS = 86_400_000

/** The calendar day before this one, in UTC. */
function yesterday(now: Date): { from: Date; until: Date } {
	const until = new Date(now.toISOString().slice(0, 10))
	return { from: new Date(until.getTime() - DAY_MS), until }
}

const seconds = (payment: DatedPayment | undefined): number | null =>
	payment ? Math.floor(payment.createdAt.getTime() / 1000) : null

const gatewayRows = (gateways: Gateways, simulated: Simulation): SimulationView['gateways'] =>
	[...simulated.gateways].map(([name, { payments, succeeded, would }]) => ({
		name,
		title: gateways.find(name)?.title ?? name,
		payments,
		succeeded,
		rate: payments > 0 ? succeeded / payments : null,
		would,
	}))

/** Holds rules against what was paid: yesterday, or the newest payments. Nothing is changed. */
export async function presentSimulation(
	{ db, clock, gateways }: Deps,
	{
		merchantId,
		rules,
		last,
	}: { merchantId: string; rules: readonly RoutingRule[]; last?: number | undefined },
): Promise<SimulationView> {
	const span = last === undefined ? yesterday(clock.now()) : {}
	const payments = await listPastPayments(db, { merchantId, limit: last ?? MOST_SIMULATED, ...span })
	const settings = await listMethodSettings(db, merchantId)
	const simulated = simulateRules(payments, { version: 0, rules }, { gateways: gateways.all, settings })
	const { moved, known, succeeded, expected, unmeasured } = simulated
	return {
		object: 'routing_simulation',
		from: seconds(payments.at(-1)),
		until: seconds(payments[0]),
		payments: payments.length,
		moved,
		known,
		succeeded,
		expected,
		unmeasured,
		rules: simulated.rules.map(({ rule, to, ...totals }) => ({
			id: rule?.id ?? null,
			name: rule?.name ?? null,
			...totals,
			to: [...to].map(([gateway, count]) => ({ gateway, payments: count })),
		})),
		gateways: gatewayRows(gateways, simulated),
	}
}
