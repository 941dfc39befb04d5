import { changeRouting } from '../commands/routing/change-routing.server.ts'
import { PutRoutingRules, SimulateRouting } from '../contracts/routing.ts'
import { requireSecretKey } from '../http/api-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentGateways } from '../presenters/gateways.server.ts'
import { currentOf, presentRuleSets } from '../presenters/routing-rules.server.ts'
import { presentSimulation } from '../presenters/simulate-routing.server.ts'
import { handler, json } from './handler.server.ts'

/** GET /api/v1/routing/rules */
export const readRoutingRules = handler(async (request, context) => {
	const { merchantId } = await requireSecretKey(request, context)
	return json(currentOf(await presentRuleSets(context.services, merchantId)))
})

/** PUT /api/v1/routing/rules: the same rules again change nothing. */
export const putRoutingRules = handler(async (request, context) => {
	const { services } = context
	const { merchantId, cause } = await requireSecretKey(request, context)
	const { value } = await readJson(request)
	const { rules, activate } = PutRoutingRules.parse(value)
	await changeRouting(services, { merchantId, actor: cause, role: null }, { kind: 'save', rules, activate })
	return json(currentOf(await presentRuleSets(services, merchantId)))
})

/** POST /api/v1/routing/simulate: only reads, so it needs no key of its own. */
export const simulateRouting = handler(async (request, context) => {
	const { services } = context
	const { merchantId } = await requireSecretKey(request, context)
	const { value } = await readJson(request)
	const { rules, last } = SimulateRouting.parse(value)
	const { live, draft } = currentOf(await presentRuleSets(services, merchantId))
	const asked = rules ?? draft?.rules ?? live?.rules ?? []
	return json(await presentSimulation(services, { merchantId, rules: asked, last }))
})

/** GET /api/v1/gateways */
export const listGateways = handler(async (request, context) => {
	const { merchantId } = await requireSecretKey(request, context)
	const data = await presentGateways(context.services, merchantId)
	return json({ object: 'list', url: '/api/v1/gateways', has_more: false, data })
})
