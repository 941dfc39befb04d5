import { CircleAlert, Package } from 'lucide-react'
import type { Product } from '../../contracts/checkout.ts'
import { CheckoutShell } from '../checkout/checkout-shell.tsx'
import { Banner } from '../kit/banner.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { ProductCard } from './product-card.tsx'

type ShopPageProps = { products: Product[]; error: string | null }

export function ShopPage({ products, error }: ShopPageProps) {
	return (
		<CheckoutShell merchantName="Tillhouse shop">
			<PageHeader title="Shop" below="Pick something and pay by card on the next page." />
			{error && (
				<Banner tone="bad" icon={CircleAlert} role="alert" className="mb-4">
					{error} Nothing was ordered.
				</Banner>
			)}
			{products.length === 0 ? (
				<EmptyState icon={Package} title="Nothing for sale right now">
					Please come back later.
				</EmptyState>
			) : (
				<ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
					{products.map((product) => (
						<li key={product.id} className="grid">
							<ProductCard product={product} />
						</li>
					))}
				</ul>
			)}
		</CheckoutShell>
	)
}
