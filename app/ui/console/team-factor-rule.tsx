import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { FieldError } from '../kit/field.tsx'
import type { TeamRefusal } from './team-command.ts'
import { useCommand } from './use-command.ts'

/** Whether money can be moved by whoever has only a password. For owners. */
export function FactorRule({ required }: { required: boolean }) {
	const { Form, pending, refusal } = useCommand<TeamRefusal>()
	return (
		<Panel
			className="mt-4"
			title="Second step at sign-in"
			note="A code of an app or a passkey, besides the password."
			action={required ? <Badge tone="good">Required</Badge> : <Badge tone="warn">Not required</Badge>}
		>
			<Form method="post" className="grid justify-items-start gap-3">
				<input type="hidden" name="intent" value="require_factor" />
				<input type="hidden" name="required" value={required ? 'no' : 'yes'} />
				<p className="max-w-prose text-muted">
					{required
						? 'Whoever has no second step can look around, but cannot give money back, capture, approve or answer disputes until they set one up.'
						: 'Whoever gets hold of a password of your team can move money with it. Ask for a second step to stop that.'}
				</p>
				<Button type="submit" tone={required ? 'secondary' : 'primary'} pending={pending}>
					{required ? 'Do not require it any more' : 'Require it of everybody who moves money'}
				</Button>
				{refusal && <FieldError>{refusal.message}</FieldError>}
			</Form>
		</Panel>
	)
}
