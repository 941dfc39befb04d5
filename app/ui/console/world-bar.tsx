import { FlaskConical, Landmark } from 'lucide-react'
import { cn } from '../kit/class-names.ts'
import { useWorld } from './world.tsx'

const MODES = {
	test: {
		label: 'Test mode',
		says: 'no real money moves.',
		icon: FlaskConical,
		look: 'border-warn/20 bg-warn-soft text-warn',
		other: 'live',
	},
	live: {
		label: 'Live mode',
		says: 'real money moves.',
		icon: Landmark,
		look: 'border-line bg-panel text-muted',
		other: 'test',
	},
} as const

/** Says on every page whose money this is, and leads to the other world. It works before any script is loaded. */
export function WorldBar() {
	const { label, says, icon: Icon, look, other } = MODES[useWorld().livemode ? 'live' : 'test']
	return (
		<section
			aria-label={label}
			className={cn(
				'flex flex-wrap items-center justify-center gap-x-3 border-b px-4 py-0.5 text-center text-sm',
				look,
			)}
		>
			<p className="inline-flex items-center gap-1.5">
				<Icon aria-hidden="true" className="size-3.5 shrink-0" />
				{label}: {says}
			</p>
			<form method="post" action="/console/switch-merchant">
				<input type="hidden" name="world" value={other} />
				<button
					type="submit"
					className="h-6 cursor-pointer rounded-sm px-1 font-medium underline underline-offset-2 hover:no-underline pointer-coarse:h-9"
				>
					Switch to {other} mode
				</button>
			</form>
		</section>
	)
}
