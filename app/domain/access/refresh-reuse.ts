/** A client that lost the answer asks again at once; a thief comes later. */
export const GRACE_MS = 10_000

export type SpentToken = {
	spentAt: Date | null
	/** The successor is still kept, and was not handed out a second time. */
	hasSuccessor: boolean
	/** The successor was used: whoever asks with its predecessor is not the one who has it. */
	isSuccessorSpent: boolean
}

export type RefreshVerdict = 'spend' | 'repeat' | 'reused'

/** What a refresh token of a live log-in is good for. */
export function judgeRefresh(
	{ spentAt, hasSuccessor, isSuccessorSpent }: SpentToken,
	now: Date,
): RefreshVerdict {
	if (spentAt === null) return 'spend'
	const isRecent = now.getTime() - spentAt.getTime() <= GRACE_MS
	return isRecent && hasSuccessor && !isSuccessorSpent ? 'repeat' : 'reused'
}
