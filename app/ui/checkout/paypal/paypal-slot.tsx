import { useEffect, useState, type ReactElement } from 'react'
import { cn } from '../../kit/class-names.ts'
import { Skeleton } from '../../kit/skeleton.tsx'
import type { PayPalButtonProps, PayPalStage } from './paypal-props.ts'

type PayPalSlotProps = PayPalButtonProps & {
	stage: PayPalStage
	/** Otherwise it is only kept: PayPal's window belongs to a button that stays on the page. */
	isShown: boolean
}

/** The place of PayPal's button, where the pay button of other methods is. Its code is fetched when it is needed. */
export function PayPalSlot({ stage, isShown, ...props }: PayPalSlotProps) {
	const [draw, setDraw] = useState<((props: PayPalButtonProps) => ReactElement) | null>(null)
	const { onStage } = props

	useEffect(() => {
		let gone = false
		import('./paypal-button.tsx').then(
			({ PayPalButton }) => !gone && setDraw(() => (given: PayPalButtonProps) => <PayPalButton {...given} />),
			() => !gone && onStage('failed'),
		)
		return () => {
			gone = true
		}
	}, [])

	return (
		<div
			className={cn(isShown ? 'relative mt-2 min-h-11' : 'h-0 overflow-hidden')}
			ref={(box) => box?.toggleAttribute('inert', !isShown)}
			data-paypal={stage}
		>
			{isShown && stage === 'loading' && (
				<div className="absolute inset-0" role="status">
					<span className="sr-only">Loading PayPal’s button</span>
					<Skeleton className="h-11" />
				</div>
			)}
			{draw?.(props)}
		</div>
	)
}
