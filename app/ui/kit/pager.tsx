import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from './button.tsx'

/** Behind or before which row of its list a page was read; neither on the first page. */
export type Place = { starting_after?: string; ending_before?: string }

export function placeIn(query: URLSearchParams): Place {
	const [after, before] = [query.get('starting_after'), query.get('ending_before')]
	return { ...(after && { starting_after: after }), ...(before && { ending_before: before }) }
}

type PagerProps = {
	/** The rows of this page, newest first. */
	ids: readonly string[]
	/** Whether the list goes on in the direction in which this page was read. */
	hasMore: boolean
	place: Place
	/** The address of the page at another place, filters kept. */
	linkTo: (place: Place) => string
}

/** Pages by position and not by number: new rows never shift a row from one page to the next. */
export function Pager({ ids, hasMore, place, linkTo }: PagerProps) {
	const backwards = place.ending_before !== undefined
	const hasNewer = backwards ? hasMore : place.starting_after !== undefined
	const hasOlder = backwards || hasMore
	const [newest, oldest] = [ids[0], ids.at(-1)]
	if (newest === undefined || oldest === undefined || (!hasNewer && !hasOlder)) return null
	return (
		<nav aria-label="Pages" className="flex items-center justify-end gap-2 border-t border-line px-4 py-2.5">
			{hasNewer && (
				<ButtonLink size="sm" to={linkTo({ ending_before: newest })} prefetch="intent">
					<ChevronLeft aria-hidden="true" />
					Newer
				</ButtonLink>
			)}
			{hasOlder && (
				<ButtonLink size="sm" to={linkTo({ starting_after: oldest })} prefetch="intent">
					Older
					<ChevronRight aria-hidden="true" />
				</ButtonLink>
			)}
		</nav>
	)
}
