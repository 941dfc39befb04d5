import { useSyncExternalStore } from 'react'

const subscribe = () => () => {}

/** False on the server and in the first browser render, true afterwards. */
export const useHydrated = (): boolean =>
	useSyncExternalStore(
		subscribe,
		() => true,
		() => false,
	)
