import { useFetcher } from '@remix-run/react'
import { FieldError } from '../kit/field.tsx'
import { PasskeyButton } from './passkey-button.tsx'

/** Without a name or a password: the authenticator knows who its owner is. */
export function PasskeyLogIn({ next }: { next: string | null }) {
	const fetcher = useFetcher<{ ok: false; message: string }>()
	return (
		<div className="grid gap-2">
			<PasskeyButton
				path="/login/passkey"
				onAnswer={(response) =>
					fetcher.submit(
						{ intent: 'finish', response, next: next ?? '' },
						{ method: 'post', action: '/login/passkey' },
					)
				}
			>
				Sign in with a passkey
			</PasskeyButton>
			{fetcher.state === 'idle' && fetcher.data && <FieldError>{fetcher.data.message}</FieldError>}
		</div>
	)
}
