export const INVITATION_STATES = ['open', 'expired', 'accepted', 'revoked'] as const
export type InvitationState = (typeof INVITATION_STATES)[number]

export const INVITATION_DAYS = 7

type Invitation = {
	accepted_at: Date | null
	revoked_at: Date | null
	expires_at: Date
	/** When this was read, by the clock of the database. */
	read_at: Date
}

export function invitationState({
	accepted_at,
	revoked_at,
	expires_at,
	read_at,
}: Invitation): InvitationState {
	if (accepted_at) return 'accepted'
	if (revoked_at) return 'revoked'
	return expires_at <= read_at ? 'expired' : 'open'
}

/** One address is one person, however they spell it. */
export const isSameAddress = (one: string, other: string): boolean =>
	one.toLowerCase() === other.toLowerCase()
