import { Form, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import type { Product } from '../../contracts/checkout.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Field } from '../kit/field.tsx'
import { Money, formatMoney } from '../kit/money.tsx'
import { Select } from '../kit/select.tsx'

const QUANTITIES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** One thing to buy. The browser names product and quantity; the price is the server's. */
export function ProductCard({ product }: { product: Product }) {
	const navigation = useNavigation()
	const [quantity, setQuantity] = useState(1)
	const isBusy = navigation.formMethod === 'POST'
	const price = formatMoney(product.amount * quantity, product.currency)
	const isThis = isBusy && navigation.formData?.get('productId') === product.id

	return (
		<Card className="flex flex-col overflow-hidden">
			<img src={product.image} alt="" width={320} height={240} className="aspect-4/3 w-full object-cover" />
			<div className="flex flex-1 flex-col gap-3 p-4">
				<div className="flex items-baseline justify-between gap-3">
					<h2 className="text-base font-semibold text-ink">{product.name}</h2>
					<Money amount={product.amount} currency={product.currency} className="font-medium text-ink" />
				</div>
				<p className="flex-1 text-muted">{product.description}</p>
				<Form method="post" className="grid grid-cols-[5.5rem_1fr] items-end gap-2">
					<input type="hidden" name="productId" value={product.id} />
					<Field label={`Quantity of ${product.name}`} hideLabel>
						{(control) => (
							<Select
								{...control}
								name="quantity"
								value={quantity}
								onChange={(event) => setQuantity(Number(event.target.value))}
							>
								{QUANTITIES.map((count) => (
									<option key={count} value={count}>
										{count}
									</option>
								))}
							</Select>
						)}
					</Field>
					<Button
						type="submit"
						tone="primary"
						wide
						pending={isThis}
						disabled={isBusy}
						aria-label={`Buy for ${price}: ${quantity} × ${product.name}`}
					>
						Buy for {price}
					</Button>
				</Form>
			</div>
		</Card>
	)
}
