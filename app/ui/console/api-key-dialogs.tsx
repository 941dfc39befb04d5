import { useFetcher } from '@remix-run/react'
import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ApiKeyView } from '#app/contracts/api-keys.ts'
import { useStepUp } from '../factors/use-step-up.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Select } from '../kit/select.tsx'
import { toast } from '../kit/toast.tsx'
import type { ApiKeyResult } from './api-key-command.ts'

/** One try of a form of this page; a key that was made goes to whoever shows it. */
export function useKeyCommand({ onDone, onKey }: { onDone: () => void; onKey?: (key: string) => void }) {
	const fetcher = useFetcher<ApiKeyResult>()
	useStepUp(fetcher)
	const pending = fetcher.state !== 'idle'
	const latest = useRef({ onDone, onKey })
	latest.current = { onDone, onKey }
	const result = fetcher.data
	useEffect(() => {
		if (!result?.ok) return
		// A key is its own news: on a phone a toast would lie on it.
		if (result.key === null) toast.success(result.message)
		else latest.current.onKey?.(result.key)
		latest.current.onDone()
	}, [result])
	return { Form: fetcher.Form, pending, refusal: !pending && result && !result.ok ? result : null }
}

type Props = { apiKey: ApiKeyView; onClose: () => void }

export function RollKeyDialog({ apiKey, onClose, onKey }: Props & { onKey: (key: string) => void }) {
	const { Form, pending, refusal } = useKeyCommand({ onDone: onClose, onKey })
	return (
		<Dialog
			open
			onOpenChange={onClose}
			locked={pending}
			title={`Roll ${apiKey.name}`}
			description="A new key takes over with the same settings. The old one goes on working for as long as you choose."
		>
			<Form method="post" className="grid gap-4">
				<input type="hidden" name="intent" value="roll" />
				<input type="hidden" name="key" value={apiKey.id} />
				<Field label="The old key works for">
					{(control) => (
						<Select {...control} name="overlap" defaultValue="24">
							<option value="0">No longer, from this moment</option>
							<option value="1">1 hour more</option>
							<option value="24">24 hours more</option>
							<option value="72">72 hours more</option>
						</Select>
					)}
				</Field>
				{refusal && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={onClose}>
						Keep it
					</Button>
					<Button type="submit" tone="primary" pending={pending}>
						Make the new key
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}

export function RevokeKeyDialog({ apiKey, onClose }: Props) {
	const { Form, pending, refusal } = useKeyCommand({ onDone: onClose })
	return (
		<Dialog
			open
			onOpenChange={onClose}
			locked={pending}
			title={`Revoke ${apiKey.name}`}
			description="From this moment every request with this key is refused. Payments that were taken stay as they are."
		>
			<Form method="post" noValidate className="grid gap-4">
				<input type="hidden" name="intent" value="revoke" />
				<input type="hidden" name="key" value={apiKey.id} />
				<Field
					label="Why"
					hint="Kept in the audit log with your name."
					error={refusal?.field === 'reason' ? refusal.message : null}
				>
					{(control) => <Input {...control} name="reason" maxLength={200} autoComplete="off" />}
				</Field>
				{refusal && refusal.field !== 'reason' && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={onClose}>
						Keep it
					</Button>
					<Button type="submit" tone="danger" pending={pending}>
						Revoke the key
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}

/** The only time the key is seen. */
export function NewKeyDialog({ value, onClose }: { value: string; onClose: () => void }) {
	return (
		<Dialog
			open
			onOpenChange={onClose}
			title="Copy the key now"
			description="It is shown this once: we keep no copy. Put it where your server reads its secrets."
		>
			<code
				className="block rounded-md bg-sunken p-3 font-mono text-xs break-all text-ink"
				data-testid="new-key"
			>
				{value}
			</code>
			<DialogActions>
				<Button onClick={onClose}>I have copied it</Button>
				<CopyKey value={value} />
			</DialogActions>
		</Dialog>
	)
}

function CopyKey({ value }: { value: string }) {
	const [copied, setCopied] = useState(false)
	const copy = () =>
		navigator.clipboard.writeText(value).then(
			() => setCopied(true),
			() => setCopied(false),
		)
	return (
		<Button tone="primary" onClick={() => void copy()}>
			{copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
			{copied ? 'Copied' : 'Copy the key'}
		</Button>
	)
}
