/** Seconds as PayPal writes them: whole ones, in UTC. */
export const written = (seconds: number): string =>
	new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
