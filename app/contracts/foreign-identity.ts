/** Who somebody is elsewhere: the pair of issuer and subject, and nothing else, names them. */
export type ForeignIdentity = { issuer: string; subject: string; email: string; emailVerified: boolean }
