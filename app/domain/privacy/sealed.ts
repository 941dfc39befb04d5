declare const sealed: unique symbol

/**
 * A text that only its person's key opens. To the compiler it is no string: nobody shows, sends or compares one before
 * it was opened (app/vault/payers.server.ts). In JSON and in the database it is the text `v1.dek_….…`.
 */
export type Sealed = { readonly [sealed]: true }

/** `Of` as it is kept: its address is sealed. */
export type WithSealedEmail<Of extends { receipt_email: string | null }> = Omit<Of, 'receipt_email'> & {
	receipt_email: Sealed | null
}
