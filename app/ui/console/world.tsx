import { createContext, useContext } from 'react'

/** The world of the business that the console shows. */
export type World = {
	/** Of the merchant that is this world. */
	merchantId: string
	livemode: boolean
	/** Whether any company can take its payments. */
	isConnected: boolean
}

const Shown = createContext<World>({ merchantId: '', livemode: false, isConnected: true })

export const WorldProvider = Shown.Provider

export const useWorld = (): World => useContext(Shown)
