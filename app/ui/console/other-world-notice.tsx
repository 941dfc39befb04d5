import { AlertDialog } from 'radix-ui'
import { Button } from '../kit/button.tsx'
import { useOtherTabWorld } from './use-other-tab-world.ts'

/**
 * One log-in stands in one world. When another tab has gone elsewhere this page is left as it is and covered: what it
 * would do now would be done there.
 */
export function OtherWorldNotice() {
	const hasLeft = useOtherTabWorld()
	return (
		<AlertDialog.Root open={hasLeft}>
			<AlertDialog.Portal>
				<AlertDialog.Overlay className="fixed inset-0 z-50 bg-black/45" />
				<AlertDialog.Content className="fixed inset-x-0 bottom-0 z-50 rounded-t-xl border border-line bg-panel p-5 shadow-pop outline-none sm:inset-0 sm:m-auto sm:h-fit sm:max-w-md sm:rounded-xl">
					<AlertDialog.Title className="text-lg font-semibold text-ink">
						You went on somewhere else
					</AlertDialog.Title>
					<AlertDialog.Description className="mt-1 text-base text-pretty text-muted">
						In another tab you switched between test and live mode, or to another business. Nothing on this
						page was changed by that, and nothing can be done from it any more.
					</AlertDialog.Description>
					<div className="mt-5 flex justify-end">
						<Button tone="primary" onClick={() => window.location.assign('/console')}>
							Go on there
						</Button>
					</div>
				</AlertDialog.Content>
			</AlertDialog.Portal>
		</AlertDialog.Root>
	)
}
