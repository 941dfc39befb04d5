/** What the demo shop sells; prices in minor units. The browser only ever names an id. */
export const PRODUCTS = [
	{
		id: 'mug',
		name: 'Stoneware mug',
		description: 'Thrown by hand, holds 350 ml, survives the dishwasher.',
		amountMinor: 2_400n,
		currency: 'usd',
		image: '/shop/mug.svg',
	},
	{
		id: 'notebook',
		name: 'Linen notebook',
		description: '192 dotted pages that lie flat when open.',
		amountMinor: 1_850n,
		currency: 'usd',
		image: '/shop/notebook.svg',
	},
	{
		id: 'lamp',
		name: 'Desk lamp',
		description: 'Brass arm, warm light, dims with a turn.',
		amountMinor: 12_900n,
		currency: 'usd',
		image: '/shop/lamp.svg',
	},
] as const
