import { forwardRef, useImperativeHandle, useRef, useState } from 'react'
import type { FormMethod, MethodFormHandle, MethodFormProps } from './method-form-handle.ts'
import { isDarkPage } from './page-theme.ts'
import { useSandboxFrame } from './use-sandbox-frame.ts'

const FRAMES: Record<FormMethod, { path: string; title: string }> = {
	card: { path: '/frame/card', title: 'Card number, expiry date and security code' },
	us_bank_account: {
		path: '/frame/bank?type=us_bank_account&payer=parent',
		title: 'Routing number and account number',
	},
	sepa_debit: { path: '/frame/bank?type=sepa_debit&payer=parent', title: 'IBAN' },
}

export const SandboxForm = forwardRef<MethodFormHandle, MethodFormProps<'sandbox'>>(
	function SandboxForm(props, ref) {
		const { origin, publishableKey } = props.settings
		const { path, title } = FRAMES[props.method]
		const frame = useRef<HTMLIFrameElement>(null)
		const { height, handle } = useSandboxFrame(frame, props)
		useImperativeHandle(ref, () => handle, [handle])
		// Fixed for the life of the frame: another address would reload it and lose what was typed.
		const [address] = useState(() => frameAddress(origin + path, publishableKey))

		return (
			<iframe
				ref={frame}
				src={address}
				title={title}
				// The frame keeps 3 px around its fields for their focus ring; its fields stand in line with ours.
				className="-mx-0.75 block w-[calc(100%+0.375rem)] max-w-none border-0 bg-transparent"
				style={{ height, colorScheme: isDarkPage() ? 'dark' : 'light' }}
			/>
		)
	},
)

/** The frame's address with what it must know: whose shop this is, who may frame it, and how it should look. */
export function frameAddress(at: string, publishableKey: string): string {
	const address = new URL(at)
	address.searchParams.set('pk', publishableKey)
	address.searchParams.set('parent', window.location.origin)
	address.searchParams.set('theme', isDarkPage() ? 'dark' : 'light')
	return address.href
}
