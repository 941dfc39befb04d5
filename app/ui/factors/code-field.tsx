import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'

type CodeFieldProps = { autoFocus?: boolean; hint?: string; error?: string | null }

export function CodeField({
	autoFocus = false,
	hint = 'Six digits from your authenticator app, or one of your backup codes.',
	error = null,
}: CodeFieldProps) {
	return (
		<Field label="Code" hint={hint} error={error}>
			{(control) => (
				<Input
					{...control}
					name="code"
					autoComplete="one-time-code"
					autoCapitalize="characters"
					spellCheck={false}
					maxLength={20}
					required
					autoFocus={autoFocus}
					className="font-mono tracking-wider"
				/>
			)}
		</Field>
	)
}
