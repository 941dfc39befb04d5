export const PRIVACY_REQUEST_KINDS = ['export', 'erasure'] as const
export type PrivacyRequestKind = (typeof PRIVACY_REQUEST_KINDS)[number]
