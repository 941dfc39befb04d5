import { useState } from 'react'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { CopyId } from '../kit/copy-id.tsx'
import { FieldError } from '../kit/field.tsx'
import { CodeField } from './code-field.tsx'
import { useSecurityCommand, type TotpOfferView } from './security-command.ts'

type TotpPanelProps = { isSet: boolean; onCodes: (codes: string[]) => void }

export function TotpPanel({ isSet, onCodes }: TotpPanelProps) {
	const [offer, setOffer] = useState<TotpOfferView | null>(null)
	const change = useSecurityCommand(({ offer: made }) => setOffer(made ?? null))
	return (
		<Panel
			title="Authenticator app"
			note="An app on your phone that shows a new code every 30 seconds."
			action={isSet ? <Badge tone="good">On</Badge> : <Badge tone="neutral">Off</Badge>}
		>
			{isSet || !offer ? (
				<change.Form method="post" className="grid justify-items-start gap-3">
					<p className="text-muted">
						{isSet
							? 'Signing in asks for a code of your app after the password.'
							: 'Works with any authenticator app. You need your phone at hand.'}
					</p>
					<input type="hidden" name="intent" value={isSet ? 'remove-totp' : 'begin-totp'} />
					<Button type="submit" pending={change.pending}>
						{isSet ? 'Remove the app' : 'Set up an app'}
					</Button>
					{change.refusal && <FieldError>{change.refusal.message}</FieldError>}
				</change.Form>
			) : (
				<TotpSetUp
					offer={offer}
					onCancel={() => setOffer(null)}
					onDone={(codes) => {
						setOffer(null)
						onCodes(codes)
					}}
				/>
			)}
		</Panel>
	)
}

type TotpSetUpProps = { offer: TotpOfferView; onDone: (codes: string[]) => void; onCancel: () => void }

function TotpSetUp({ offer, onDone, onCancel }: TotpSetUpProps) {
	const confirm = useSecurityCommand(({ codes }) => onDone(codes ?? []))
	return (
		<div className="grid gap-4 sm:grid-cols-[auto_minmax(0,1fr)]">
			<img
				src={offer.qr}
				alt="QR code for your authenticator app"
				width={176}
				height={176}
				className="rounded-md border border-line bg-white"
			/>
			<confirm.Form method="post" className="grid content-start gap-4">
				<div className="grid gap-1 text-sm text-muted">
					<p>Scan this with your app, or type this key into it:</p>
					<CopyId value={offer.secret} what="key" grouped className="text-sm text-ink" />
				</div>
				<input type="hidden" name="intent" value="confirm-totp" />
				<CodeField hint="The six digits the app shows now." error={confirm.refusal?.message ?? null} />
				<div className="flex flex-wrap gap-2">
					<Button type="submit" tone="primary" pending={confirm.pending}>
						Turn it on
					</Button>
					<Button onClick={onCancel}>Not now</Button>
				</div>
			</confirm.Form>
		</div>
	)
}
