import { CreditCard, Landmark, Wallet, type LucideIcon } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import type { OfferedMethod } from '../../contracts/checkout.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { cn } from '../kit/class-names.ts'

const ICONS: Partial<Record<MethodType, LucideIcon>> = {
	card: CreditCard,
	us_bank_account: Landmark,
	sepa_debit: Landmark,
}

type MethodPickerProps = {
	methods: readonly OfferedMethod[]
	chosen: MethodType
	onChoose: (type: MethodType) => void
	disabled: boolean
	/** What the method needs to be told. It stays as typed while another is looked at. */
	children: (type: MethodType, isChosen: boolean) => ReactNode
}

/** One way to pay needs no choice: its form stands alone. */
export function MethodPicker({ methods, chosen, onChoose, disabled, children }: MethodPickerProps) {
	const visited = useRef(new Set<MethodType>())
	visited.current.add(chosen)
	if (methods.length <= 1) return <div>{children(chosen, true)}</div>
	return (
		<fieldset className="grid min-w-0 gap-1.5" disabled={disabled}>
			<legend className="mb-1.5 text-sm font-medium text-ink">How do you want to pay?</legend>
			<div className="overflow-hidden rounded-md border border-line-strong">
				{methods.map((method) => {
					const isChosen = method.type === chosen
					return (
						<div
							key={method.type}
							data-method={method.type}
							className={cn('border-b border-line last:border-b-0', isChosen && 'bg-sunken/50')}
						>
							<MethodRow method={method} isChosen={isChosen} onChoose={onChoose} />
							{visited.current.has(method.type) && (
								<div hidden={!isChosen} className="px-3.5 pt-1 pb-3.5">
									{children(method.type, isChosen)}
								</div>
							)}
						</div>
					)
				})}
			</div>
		</fieldset>
	)
}

type MethodRowProps = { method: OfferedMethod; isChosen: boolean; onChoose: (type: MethodType) => void }

function MethodRow({ method, isChosen, onChoose }: MethodRowProps) {
	const Icon = ICONS[method.type] ?? Wallet
	return (
		<label className="flex min-h-11 cursor-pointer items-center gap-2.5 px-3.5 py-2 has-disabled:cursor-not-allowed has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-2 has-[:focus-visible]:outline-accent">
			<input
				type="radio"
				name="method"
				value={method.type}
				checked={isChosen}
				onChange={() => onChoose(method.type)}
				className="size-4 shrink-0 accent-accent outline-none"
			/>
			<Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
			<span className="font-medium text-ink">{method.title}</span>
			{hintOf(method) && <span className="ml-auto text-right text-sm text-muted">{hintOf(method)}</span>}
		</label>
	)
}

function hintOf({ settlesLater, redirects, title }: OfferedMethod): string | null {
	if (settlesLater) return '3–5 working days'
	return redirects ? `Opens ${title}` : null
}
