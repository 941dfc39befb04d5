import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { FieldError } from '../kit/field.tsx'
import { useSecurityCommand } from './security-command.ts'

type BackupPanelProps = { left: number; codes: readonly string[]; onCodes: (codes: string[]) => void }

export function BackupPanel({ left, codes, onCodes }: BackupPanelProps) {
	const renew = useSecurityCommand(({ codes: made }) => onCodes(made ?? []))
	return (
		<Panel title="Backup codes" note="For when your phone is gone. Each works once.">
			{codes.length > 0 && (
				<div className="mb-4 grid gap-3">
					<p className="font-medium text-ink">Keep these somewhere safe now. They are not shown again.</p>
					<ol
						aria-label="Backup codes"
						className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md bg-sunken p-3 font-mono text-sm text-ink"
					>
						{codes.map((code) => (
							<li key={code}>{code}</li>
						))}
					</ol>
				</div>
			)}
			<renew.Form method="post" className="grid justify-items-start gap-3">
				<p className="text-muted">
					{left === 0 ? 'You have none left.' : `${left} of 10 are unused.`} New ones replace them all.
				</p>
				<input type="hidden" name="intent" value="renew-codes" />
				<Button type="submit" pending={renew.pending}>
					Make new codes
				</Button>
				{renew.refusal && <FieldError>{renew.refusal.message}</FieldError>}
			</renew.Form>
		</Panel>
	)
}
