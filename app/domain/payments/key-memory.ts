/**
 * Milliseconds within which a gateway surely remembers our idempotency key, so that the same call again does nothing
 * twice. Stripe promises 24 hours; later the gateway is only asked.
 */
export const KEY_MEMORY_MS = 20 * 3_600_000
