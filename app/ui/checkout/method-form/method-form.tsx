import { forwardRef, useCallback, useEffect, useRef, useState, type ReactElement, type Ref } from 'react'
import type { FormSource } from '../../../contracts/checkout.ts'
import { cn } from '../../kit/class-names.ts'
import { Button } from '../../kit/button.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { FORM_HEIGHT, type MethodFormHandle, type MethodFormProps } from './method-form-handle.ts'

type Props = Omit<MethodFormProps, 'settings' | 'onReady' | 'onFailure'> & {
	settings: FormSource
	/** While a payment is under way nothing in the form can be reached. */
	isLocked: boolean
	onReady: (isReady: boolean) => void
}
type Plain = Omit<MethodFormProps, 'settings'>
type Drawn = (props: Plain, ref: Ref<MethodFormHandle>) => ReactElement
type Stage = 'loading' | 'ready' | 'failed'

/** The form of one way to pay, fetched when it is needed: the gateway's own, or the sandbox's frame. */
export const MethodForm = forwardRef<MethodFormHandle, Props>(function MethodForm(props, ref) {
	const { settings, isLocked, onReady } = props
	const [draw, setDraw] = useState<Drawn | null>(null)
	const [stage, setStage] = useState<Stage>('loading')
	const [tries, setTries] = useState(0)
	const box = useRef<HTMLDivElement>(null)
	const tell = useRef(onReady)
	tell.current = onReady
	const { kind } = settings

	const enter = useCallback((next: Stage) => {
		setStage(next)
		tell.current(next === 'ready')
	}, [])

	useEffect(() => {
		let gone = false
		enter('loading')
		loadForm(settings).then(
			(drawn) => !gone && setDraw(() => drawn),
			() => !gone && enter('failed'),
		)
		return () => {
			gone = true
		}
		// The settings of a session never change; only the kind and a retry load another form.
	}, [kind, tries, enter])

	useEffect(() => {
		box.current?.toggleAttribute('inert', isLocked)
	}, [isLocked])

	const again = () => {
		setDraw(null)
		setTries(tries + 1)
	}
	const { method, amount, currency, onSubmit } = props
	const plain: Plain = {
		method,
		amount,
		currency,
		onSubmit,
		onReady: () => enter('ready'),
		onFailure: () => enter('failed'),
	}

	return (
		<div className="relative" style={{ minHeight: FORM_HEIGHT[method][kind] }} data-form={stage}>
			<div ref={box} key={tries} className={cn('transition-opacity', isLocked && 'opacity-60')}>
				<div className={stage === 'ready' ? '' : 'invisible'}>{stage !== 'failed' && draw?.(plain, ref)}</div>
			</div>
			{stage === 'loading' && <FormSkeleton />}
			{stage === 'failed' && <FormFailure onRetry={again} />}
		</div>
	)
})

async function loadForm(settings: FormSource): Promise<Drawn> {
	if (settings.kind === 'stripe') {
		const { StripeForm } = await import('./stripe-form.tsx')
		return (props, ref) => <StripeForm {...props} settings={settings} ref={ref} />
	}
	const { SandboxForm } = await import('./sandbox-form.tsx')
	return (props, ref) => <SandboxForm {...props} settings={settings} ref={ref} />
}

function FormSkeleton() {
	return (
		<div className="absolute inset-x-0 top-0.75 grid grid-cols-2 gap-x-3 overflow-hidden" role="status">
			<span className="sr-only">Loading the form</span>
			<Skeleton className="my-1.5 h-3.75 w-24" />
			<Skeleton className="col-span-2 mb-3 h-11" />
			<Skeleton className="my-1.5 h-3.75 w-16" />
			<Skeleton className="my-1.5 h-3.75 w-24" />
			<Skeleton className="h-11" />
			<Skeleton className="h-11" />
		</div>
	)
}

function FormFailure({ onRetry }: { onRetry: () => void }) {
	return (
		<div
			role="alert"
			className="absolute inset-0 grid place-content-center justify-items-center gap-3 rounded-md border border-line bg-sunken p-4 text-center"
		>
			<div>
				<p className="font-medium text-ink">This form could not be loaded</p>
				<p className="text-sm text-muted">Nothing was charged. Check your connection and try again.</p>
			</div>
			<Button onClick={onRetry}>Load it again</Button>
		</div>
	)
}
