import type { Event } from '../books/service-shapes.ts'
import { missing } from '../http/errors.ts'
import { flag, list as readList, text } from '../http/read.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { list, show } from './listing.ts'

/** Nothing was to be delivered, or all of it was. */
const arrived = (sandbox: Sandbox, event: Event): boolean =>
	event.pending_webhooks === 0 || sandbox.books.dispatches.get(event.id)?.delivered === true

const view = (sandbox: Sandbox, event: Event): Event =>
	arrived(sandbox, event) ? { ...event, pending_webhooks: 0 } : event

const retrieve: Handler = (desk, call) => {
	const found = desk.books.events.get(call.id)
	if (!found) throw missing('event', call.id)
	return view(desk, found)
}

const index: Handler = (desk, call) => {
	const { params } = call
	const type = text(params, 'type')
	const types = new Set(readList(params, 'types') ?? (type === undefined ? [] : [type]))
	const success = flag(params, 'delivery_success')
	const page = list(
		'/v1/events',
		desk.books.events,
		params,
		(event) =>
			(types.size === 0 || covers(types, event.type)) &&
			(success === undefined || arrived(desk, event) === success),
	)
	return show(page, (event) => view(desk, event))
}

/** `charge.*` stands for a whole family. */
const covers = (types: Set<string>, type: string): boolean =>
	types.has(type) || types.has(`${type.slice(0, type.lastIndexOf('.'))}.*`)

export const eventRoutes: Routes = {
	'GET /v1/events': index,
	'GET /v1/events/:id': retrieve,
}
