import { forwardRef, useImperativeHandle, useRef, useState } from 'react'
import type { CardFormHandle, CardFormProps } from './card-form-handle.ts'
import { isDarkPage } from './page-theme.ts'
import { useSandboxFrame } from './use-sandbox-frame.ts'

export const SandboxCardForm = forwardRef<CardFormHandle, CardFormProps<'sandbox'>>(
	function SandboxCardForm(props, ref) {
		const { frameUrl, publishableKey } = props.settings
		const frame = useRef<HTMLIFrameElement>(null)
		const { height, handle } = useSandboxFrame(frame, props)
		useImperativeHandle(ref, () => handle, [handle])
		// Fixed for the life of the frame: another address would reload it and lose what was typed.
		const [address] = useState(() => {
			const query = new URLSearchParams({
				pk: publishableKey,
				parent: window.location.origin,
				theme: isDarkPage() ? 'dark' : 'light',
			})
			return `${frameUrl}?${query.toString()}`
		})

		return (
			<iframe
				ref={frame}
				src={address}
				title="Card number, expiry date and security code"
				// The frame keeps 3 px around its fields for their focus ring; its fields stand in line with ours.
				className="-mx-0.75 block w-[calc(100%+0.375rem)] max-w-none border-0 bg-transparent"
				style={{ height, colorScheme: isDarkPage() ? 'dark' : 'light' }}
			/>
		)
	},
)
