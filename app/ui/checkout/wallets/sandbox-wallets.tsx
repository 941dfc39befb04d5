import { useEffect, useRef, useState } from 'react'
import { formatMoney } from '../../kit/money.tsx'
import { isDarkPage } from '../method-form/page-theme.ts'
import { frameAddress } from '../method-form/sandbox-form.tsx'
import { readSandboxMessage, type WalletCommand } from '../method-form/sandbox-messages.ts'
import type { WalletProps } from './wallet-props.ts'

/** The sandbox's stand-in for the wallets: it says so itself, on every button. */
export function SandboxWallets(props: WalletProps<'sandbox'>) {
	const { settings, wallets, merchantName, amount, currency, disabled, news } = props
	const { origin } = settings
	const frame = useRef<HTMLIFrameElement>(null)
	// Until the frame says how tall it is, it is no taller than the room kept for it.
	const [height, setHeight] = useState(58)
	const [isListening, setIsListening] = useState(false)
	const latest = useRef(props)
	latest.current = props
	const total = formatMoney(amount, currency)
	const [address] = useState(() => {
		const at = new URL('/frame/wallet', origin)
		at.searchParams.set('wallets', wallets.join(','))
		at.searchParams.set('merchant', merchantName)
		at.searchParams.set('total', total)
		return frameAddress(at.href, settings.publishableKey)
	})

	useEffect(() => {
		const hear = (event: MessageEvent) => {
			const message = readSandboxMessage(event, { origin, window: frame.current?.contentWindow })
			if (message?.type === 'ready') setIsListening(true)
			else if (message?.type === 'resize') setHeight(Math.min(Math.ceil(message.height), 640))
			else if (message?.type === 'wallet-token') {
				const { wallet: method, token, billing } = message
				latest.current.onPay({ method, billing, token: { ok: true, confirmationToken: token } })
			}
		}
		window.addEventListener('message', hear)
		return () => window.removeEventListener('message', hear)
	}, [origin])

	useEffect(() => {
		if (!isListening) return
		const say = (command: WalletCommand) => frame.current?.contentWindow?.postMessage(command, origin)
		say({ source: 'tillhouse', type: 'update', total, disabled })
		if (news.step === 'failed')
			say({ source: 'tillhouse', type: 'result', outcome: 'failed', message: news.message })
		else if (news.step === 'elsewhere') say({ source: 'tillhouse', type: 'close' })
	}, [isListening, origin, total, disabled, news.step])

	return (
		<iframe
			ref={frame}
			src={address}
			title="Wallets"
			// The frame keeps 3 px around its buttons for their focus ring.
			className="-mx-0.75 block w-[calc(100%+0.375rem)] max-w-none border-0 bg-transparent"
			style={{ height, colorScheme: isDarkPage() ? 'dark' : 'light' }}
		/>
	)
}
