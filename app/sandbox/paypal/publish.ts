import { randomUUID } from 'node:crypto'
import type { Desk } from '../sandbox.ts'
import { link } from './links.ts'
import { newPayPalId } from './ids.ts'

export type ResourceType = 'authorization' | 'capture' | 'checkout-order' | 'dispute' | 'refund'

/** Money resources are those of version 2 of the API; disputes never had another version than 1. */
const VERSION: Record<ResourceType, string> = {
	authorization: '2.0',
	capture: '2.0',
	'checkout-order': '2.0',
	dispute: '1.0',
	refund: '2.0',
}

export function publish(
	desk: Desk,
	type: string,
	kind: ResourceType,
	resource: object,
	summary: string,
): void {
	const id = `WH-${newPayPalId()}-${newPayPalId()}`
	const time = new Date(desk.clock.now()).toISOString()
	const path = `/v1/notifications/webhooks-events/${id}`
	desk.paypalOutbox.send({
		id,
		created: desk.clock.seconds(),
		type,
		pending_webhooks: desk.paypalOutbox.audience(type).length,
		transmission: { id: randomUUID(), time: `${time.slice(0, 19)}Z` },
		body: {
			id,
			event_version: '1.0',
			create_time: time,
			resource_type: kind,
			resource_version: VERSION[kind],
			event_type: type,
			summary,
			resource,
			links: [link(desk, 'self', path), link(desk, 'resend', `${path}/resend`, 'POST')],
		},
	})
}
