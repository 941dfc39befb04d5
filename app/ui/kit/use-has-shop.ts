import { useRouteLoaderData } from '@remix-run/react'

/** Whether the sample shop is open here: what leads to it is shown only then. */
export function useHasShop(): boolean {
	const root = useRouteLoaderData('root')
	return typeof root === 'object' && root !== null && 'hasShop' in root && root.hasShop === true
}
