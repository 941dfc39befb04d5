import type { PayerView } from '#app/contracts/privacy.ts'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { CONFIRM_WORD, type PrivacyRefusal } from './privacy-command.ts'
import { useCommand } from './use-command.ts'

type Props = { payer: PayerView; open: boolean; onOpenChange: (open: boolean) => void }

const WHAT_HAPPENS =
	'Their e-mail and IP addresses and what was written to banks about them can never be read again. ' +
	'No money moves: payments, refunds and the books stay as they are. Stripe and PayPal keep their own copies; ask them too.'

export function EraseDialog({ payer, open, onOpenChange }: Props) {
	const { Form, pending, refusal } = useCommand<PrivacyRefusal>(() => onOpenChange(false))
	const errorOf = (field: PrivacyRefusal['field']) => (refusal?.field === field ? refusal.message : null)
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title={`Erase ${payer.email ?? 'this payer'}`}
			description={WHAT_HAPPENS}
		>
			<Form method="post" noValidate className="grid gap-4">
				<input type="hidden" name="intent" value="erase" />
				<Field label="Why" hint="Kept with the request and in the audit record." error={errorOf('reason')}>
					{(control) => <Input {...control} name="reason" required maxLength={500} autoComplete="off" />}
				</Field>
				<Field label={`Type “${CONFIRM_WORD}” to confirm`} error={errorOf('confirm')}>
					{(control) => (
						<Input
							{...control}
							name="confirm"
							required
							maxLength={20}
							autoCapitalize="none"
							autoComplete="off"
							spellCheck={false}
						/>
					)}
				</Field>
				{refusal?.field === null && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Keep the data
					</Button>
					<Button type="submit" tone="danger" pending={pending}>
						Erase for good
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
