import { changeRouting } from '../commands/routing/change-routing.server.ts'
import { PutRoutingRules, SimulateRouting } from '../contracts/routing.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentGateways } from '../presenters/gateways.server.ts'
import { currentOf, presentRuleSets } from '../presenters/routing-rules.server.ts'
import { presentSimulation } from '../presenters/simulate-routing.server.ts'
import { json } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** GET /api/v1/routing/rules */
export const readRoutingRules = operation('GET /routing/rules', async ({ caller, context }) => {
	const { merchantId } = caller
	return json(currentOf(await presentRuleSets(context.services, merchantId)))
})

/** PUT /api/v1/routing/rules: the same rules again change nothing. */
export const putRoutingRules = operation('PUT /routing/rules', async ({ caller, request, context }) => {
	const { services } = context
	const { merchantId, cause } = caller
	const { value } = await readJson(request)
	const { rules, activate, reason = null } = PutRoutingRules.parse(value)
	await changeRouting(services, { merchantId, actor: cause }, { kind: 'save', rules, activate, reason })
	return json(currentOf(await presentRuleSets(services, merchantId)))
})

/** POST /api/v1/routing/simulate: only reads, so it needs no key of its own. */
export const simulateRouting = operation('POST /routing/simulate', async ({ caller, request, context }) => {
	const { services } = context
	const { merchantId } = caller
	const { value } = await readJson(request)
	const { rules, last } = SimulateRouting.parse(value)
	const { live, draft } = currentOf(await presentRuleSets(services, merchantId))
	const asked = rules ?? draft?.rules ?? live?.rules ?? []
	return json(await presentSimulation(services, { merchantId, rules: asked, last }))
})

/** GET /api/v1/gateways */
export const listGateways = operation('GET /gateways', async ({ caller, context }) => {
	const { merchantId } = caller
	const data = await presentGateways(context.services, merchantId)
	return json({ object: 'list', url: '/api/v1/gateways', has_more: false, data })
})
