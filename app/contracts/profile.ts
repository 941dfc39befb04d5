export type DeviceView = {
	id: string
	words: string
	network: string | null
	merchantName: string
	/** Unix milliseconds. */
	openedAt: number
	lastSeenAt: number
	isThis: boolean
}

export type ProfileView = {
	name: string
	email: string
	/** An address that waits to be proven. */
	newEmail: string | null
	/** False for whoever signs in another way and never chose one. */
	hasPassword: boolean
	preferences: {
		theme: 'system' | 'light' | 'dark'
		density: 'comfortable' | 'compact'
		notificationsEnabled: boolean
	}
	devices: DeviceView[]
}

export type ShellPreferences = {
	theme: 'system' | 'light' | 'dark'
	density: 'comfortable' | 'compact'
	merchants: { id: string; name: string }[]
}
