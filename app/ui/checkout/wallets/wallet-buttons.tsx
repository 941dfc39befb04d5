import { useEffect, useState, type ReactElement } from 'react'
import type { FormSource } from '../../../contracts/checkout.ts'
import type { WalletProps } from './wallet-props.ts'

type Plain = Omit<WalletProps, 'settings' | 'onReady'>
type Drawn = (props: Omit<WalletProps, 'settings'>) => ReactElement

/** Pixels of one row of two buttons, and of the gap between rows. */
const ROW = { height: 52, gap: 8, ring: 6 }

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
	const rows = Math.ceil(props.wallets.length / 2)
	return (
		<div className="mb-2 grid gap-3" data-wallets>
			<div style={{ minHeight: rows * (ROW.height + ROW.gap) - ROW.gap + ROW.ring }}>
				{draw?.({ ...props, onReady: setHasAny })}
			</div>
			<p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
				or
			</p>
		</div>
	)
}

async function loadWallets(settings: FormSource): Promise<Drawn> {
	if (settings.kind === 'stripe') {
		const { StripeWallets } = await import('./stripe-wallets.tsx')
		return (props) => <StripeWallets {...props} settings={settings} />
	}
	const { SandboxWallets } = await import('./sandbox-wallets.tsx')
	return (props) => <SandboxWallets {...props} settings={settings} />
}
