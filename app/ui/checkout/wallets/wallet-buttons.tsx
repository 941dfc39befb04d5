import { useEffect, useState, type ReactElement } from 'react'
import type { FormSource } from '../../../contracts/checkout.ts'
import { cn } from '../../kit/class-names.ts'
import type { WalletProps } from './wallet-props.ts'

type Plain = Omit<WalletProps, 'settings' | 'onReady'>
type Drawn = (props: Omit<WalletProps, 'settings'>) => ReactElement

/** One press for those whose device or browser knows them. What cannot be shown is left out without a word. */
export function WalletButtons({ settings, ...props }: Plain & { settings: FormSource }) {
	const [draw, setDraw] = useState<Drawn | null>(null)
	const [hasAny, setHasAny] = useState(true)
	const { kind } = settings

	useEffect(() => {
		let gone = false
		loadWallets(settings).then(
			(drawn) => !gone && setDraw(() => drawn),
			() => !gone && setHasAny(false),
		)
		return () => {
			gone = true
		}
		// The settings of a session never change.
	}, [kind])

	if (!hasAny) return null
	return (
		<div className="mb-2 grid gap-3" data-wallets>
			<div className={cn('flow-root', roomFor(props.wallets.length))}>
				{draw?.({ ...props, onReady: setHasAny })}
			</div>
			<p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
				or
			</p>
		</div>
	)
}

/** One row of up to three buttons, two rows where a phone has room for two beside each other; so nothing jumps. */
const roomFor = (wallets: number): string =>
	wallets > 2 ? 'min-h-14.5 max-[26rem]:min-h-29.5' : 'min-h-14.5'

async function loadWallets(settings: FormSource): Promise<Drawn> {
	if (settings.kind === 'stripe') {
		const { StripeWallets } = await import('./stripe-wallets.tsx')
		return (props) => <StripeWallets {...props} settings={settings} />
	}
	const { SandboxWallets } = await import('./sandbox-wallets.tsx')
	return (props) => <SandboxWallets {...props} settings={settings} />
}
