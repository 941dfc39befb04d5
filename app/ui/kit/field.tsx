import { CircleAlert } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { cn } from './class-names.ts'

/** What the control must carry so that label, hint and error belong to it. */
export type FieldControl = {
	id: string
	'aria-describedby': string | undefined
	'aria-invalid': true | undefined
}

type FieldProps = {
	label: string
	hint?: ReactNode
	error?: ReactNode
	className?: string
	/** For fields whose purpose is plain from the place they stand in. */
	hideLabel?: boolean
	children: (control: FieldControl) => ReactNode
}

export function Field({ label, hint, error, className, hideLabel = false, children }: FieldProps) {
	const id = useId()
	const describedBy = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter(Boolean).join(' ')
	return (
		<div className={cn('grid content-start gap-1.5', className)}>
			<label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>
				{label}
			</label>
			{children({
				id,
				'aria-describedby': describedBy || undefined,
				'aria-invalid': error ? true : undefined,
			})}
			{error && <FieldError id={`${id}-error`}>{error}</FieldError>}
			{hint && (
				<p id={`${id}-hint`} className="text-sm text-pretty text-muted">
					{hint}
				</p>
			)}
		</div>
	)
}

/** Says in plain words what went wrong, next to the control it is about. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
	return (
		<p id={id} role="alert" className="flex items-start gap-1.5 text-sm text-bad">
			<CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
			<span>{children}</span>
		</p>
	)
}
