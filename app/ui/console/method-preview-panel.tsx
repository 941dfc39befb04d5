import { Form, useNavigation } from '@remix-run/react'
import { CircleCheck, CircleSlash } from 'lucide-react'
import type { MethodPreview } from '#app/contracts/method-settings.ts'
import type { PaymentMethodOffer } from '#app/contracts/payment-methods.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'

/** A payment somebody imagines: its form changes nothing but the address, so a preview can be shared. */
export function MethodPreviewPanel({ preview }: { preview: MethodPreview }) {
	const { asked, refusal, offers } = preview
	const isLooking = useNavigation().location?.pathname === '/console/settings/payment-methods'
	const errorAt = (field: keyof typeof asked) => (refusal?.field === field ? refusal.message : null)
	return (
		<Panel title="Who will see it" note="What a customer could choose for a payment.">
			<Form method="get" preventScrollReset className="grid gap-3">
				<div className="grid grid-cols-[1fr_5rem_5rem] items-start gap-2">
					<Field label="Amount" error={errorAt('amount')}>
						{(control) => (
							<Input
								{...control}
								name="amount"
								defaultValue={asked.amount}
								inputMode="decimal"
								autoComplete="off"
								className="tabular-nums"
							/>
						)}
					</Field>
					<Field label="Currency" error={errorAt('currency')}>
						{(control) => (
							<Input
								{...control}
								name="currency"
								defaultValue={asked.currency}
								maxLength={3}
								autoComplete="off"
							/>
						)}
					</Field>
					<Field label="Country" error={errorAt('country')}>
						{(control) => (
							<Input
								{...control}
								name="country"
								defaultValue={asked.country}
								maxLength={2}
								autoComplete="off"
								placeholder="any"
							/>
						)}
					</Field>
				</div>
				<Button type="submit" pending={isLooking}>
					Show
				</Button>
			</Form>
			{refusal === null && (
				<ul aria-label="Methods for this payment" className="mt-4 grid gap-2.5">
					{offers.map((offer) => (
						<Offer key={offer.type} offer={offer} />
					))}
				</ul>
			)}
			{refusal === null && offers.every(({ offered }) => !offered) && (
				<p className="mt-3 text-sm text-bad">Nobody could pay this: no method is offered for it.</p>
			)}
		</Panel>
	)
}

function Offer({ offer }: { offer: PaymentMethodOffer }) {
	const Icon = offer.offered ? CircleCheck : CircleSlash
	return (
		<li className="flex items-start gap-2">
			<Icon
				aria-hidden="true"
				className={`mt-0.5 size-4 shrink-0 ${offer.offered ? 'text-good' : 'text-faint'}`}
			/>
			<div className="min-w-0">
				<p className={offer.offered ? 'text-ink' : 'text-muted'}>
					{offer.title}
					<span className="sr-only">{offer.offered ? ' is offered' : ' is not offered'}</span>
				</p>
				{!offer.offered &&
					offer.refusals.map(({ gateway, message }) => (
						<p key={gateway} className="text-sm text-muted">
							{message}
						</p>
					))}
			</div>
		</li>
	)
}
