import { newId } from '../books/ids.ts'
import type { Desk } from '../sandbox.ts'

export const API_VERSION = '2026-10-28.endive'

export function publish(desk: Desk, type: string, object: object, previous?: object): void {
	desk.outbox.send({
		id: newId('evt'),
		object: 'event',
		api_version: API_VERSION,
		created: desk.clock.seconds(),
		data: previous ? { object, previous_attributes: previous } : { object },
		livemode: false,
		pending_webhooks: desk.outbox.audience(type).length,
		request: desk.origin,
		type,
	})
}
