export const INVITATION_STATES = ['open', 'expired', 'accepted', 'revoked'] as const
export type InvitationState = (typeof INVITATION_STATES)[number]

export const INVITATION_DAYS = 7

export function invitationState(
	{
		accepted_at,
		revoked_at,
		expires_at,
	}: { accepted_at: Date | null; revoked_at: Date | null; expires_at: Date },
	now: Date,
): InvitationState {
	if (accepted_at) return 'accepted'
	if (revoked_at) return 'revoked'
	return expires_at <= now ? 'expired' : 'open'
}

/** One address is one person, however they spell it. */
export const isSameAddress = (one: string, other: string): boolean =>
	one.toLowerCase() === other.toLowerCase()
