import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { useSyncExternalStore } from 'react'

type Notice = { id: number; tone: 'good' | 'bad'; text: string }

const NONE: readonly Notice[] = []
let notices: readonly Notice[] = NONE
let lastId = 0
const listeners = new Set<() => void>()

function change(next: readonly Notice[]) {
	notices = next
	for (const wake of listeners) wake()
}

const add = (tone: Notice['tone'], text: string) =>
	change([...notices.slice(-3), { id: ++lastId, tone, text }])

/** Short news about something that has already happened; errors of a form stand beside the form instead. */
export const toast = {
	success: (text: string) => add('good', text),
	error: (text: string) => add('bad', text),
}

const subscribe = (listener: () => void) => {
	listeners.add(listener)
	return () => void listeners.delete(listener)
}

/** Radix and not sonner: sonner writes a style element without a nonce, which our CSP refuses. */
export function Toaster() {
	const shown = useSyncExternalStore(
		subscribe,
		() => notices,
		() => NONE,
	)
	return (
		<Toast.Provider duration={5_000} label="Notice">
			{shown.map(({ id, tone, text }) => (
				<Toast.Root
					key={id}
					onOpenChange={(open) => !open && change(notices.filter((notice) => notice.id !== id))}
					className="flex animate-pop-in items-start gap-2.5 rounded-lg border border-line bg-panel py-2.5 pr-2 pl-3 text-base shadow-pop"
				>
					{tone === 'good' ? (
						<CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
					) : (
						<CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
					)}
					<Toast.Description className="flex-1 text-ink">{text}</Toast.Description>
					<Toast.Close aria-label="Dismiss" className="grid size-6 place-items-center rounded-sm text-muted">
						<X aria-hidden="true" className="size-3.5" />
					</Toast.Close>
				</Toast.Root>
			))}
			<Toast.Viewport className="fixed right-4 bottom-20 z-[60] grid w-80 max-w-[calc(100vw-2rem)] gap-2 outline-none md:bottom-4" />
		</Toast.Provider>
	)
}
