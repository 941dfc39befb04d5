import { Inbox } from 'lucide-react'
import { ButtonLink } from '../kit/button.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { useHasShop } from '../kit/use-has-shop.ts'
import { useWorld } from './world.tsx'

/** Where payments will be listed; with a way to make one where there is a shop to buy in. */
export function NoPaymentsYet() {
	const hasShop = useHasShop()
	const { livemode } = useWorld()
	return (
		<EmptyState
			icon={Inbox}
			title="No payments yet"
			action={
				hasShop &&
				!livemode && (
					<ButtonLink to="/shop" tone="primary">
						Make a test payment
					</ButtonLink>
				)
			}
		>
			The first one appears here the moment it is made.
		</EmptyState>
	)
}
