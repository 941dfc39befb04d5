/** Requests in a minute of a key that has no number of its own. */
export const KEY_PER_MINUTE = 500
/** Of everybody on one network whom nobody knows. */
export const ANONYMOUS_PER_MINUTE = 100
