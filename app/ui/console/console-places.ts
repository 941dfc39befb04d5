import {
	CreditCard,
	LayoutDashboard,
	Inbox,
	KeyRound,
	Landmark,
	Layers,
	Coins,
	Route,
	Scale,
	ScrollText,
	Undo2,
	Users,
	WalletCards,
	type LucideIcon,
} from 'lucide-react'
import type { ConsolePage } from '#app/domain/access/console-pages.ts'

export type Place = {
	/** Shown to whoever may read that page. */
	to: ConsolePage
	/** Whether only this very address is the place, not what lies below it. */
	end: boolean
	label: string
	icon: LucideIcon
	/** Shows how many things wait there for a person. */
	counted?: boolean
}

export const OVERVIEW: Place = { to: '/console', end: true, label: 'Overview', icon: LayoutDashboard }
export const PAYMENTS: Place = { to: '/console/payments', end: false, label: 'Payments', icon: CreditCard }
export const ATTENTION: Place = {
	to: '/console/attention',
	end: false,
	label: 'Attention',
	icon: Inbox,
	counted: true,
}
export const REFUNDS: Place = { to: '/console/refunds', end: false, label: 'Refunds', icon: Undo2 }
export const DISPUTES: Place = { to: '/console/disputes', end: false, label: 'Disputes', icon: Scale }
export const RECONCILIATION: Place = {
	to: '/console/reconciliation',
	end: false,
	label: 'Reconciliation',
	icon: Landmark,
}

export const ROUTING: Place = { to: '/console/routing', end: false, label: 'Routing', icon: Route }

export const METHODS: Place = {
	to: '/console/settings/payment-methods',
	end: false,
	label: 'Payment methods',
	icon: WalletCards,
}

export const CURRENCIES: Place = {
	to: '/console/settings/currencies',
	end: false,
	label: 'Currencies',
	icon: Coins,
}

export const TEAM: Place = { to: '/console/settings/team', end: false, label: 'Team', icon: Users }
export const API_KEYS: Place = {
	to: '/console/settings/api-keys',
	end: false,
	label: 'API keys',
	icon: KeyRound,
}
export const AUDIT: Place = { to: '/console/audit', end: false, label: 'Audit', icon: ScrollText }
export const QUEUES: Place = { to: '/console/queues', end: false, label: 'Queues', icon: Layers }

/** In the order of the day: what came in, what goes back, what waits, what must agree. */
export const DAILY = [OVERVIEW, PAYMENTS, REFUNDS, DISPUTES, ATTENTION, RECONCILIATION] as const
/** What is set once, and who set it. */
export const SETTINGS = [ROUTING, METHODS, CURRENCIES, TEAM, API_KEYS, AUDIT, QUEUES] as const
/** Under the thumb on phones. */
export const NEAREST = [OVERVIEW, PAYMENTS, ATTENTION] as const
/** One press further on phones. */
export const FURTHER = [REFUNDS, DISPUTES, RECONCILIATION] as const
