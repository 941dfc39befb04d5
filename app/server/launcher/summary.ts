export type Launched = {
	baseUrl: string
	sandboxUrl: string | null
	databaseUrl: string
	owner: { email: string; password: string }
	manager: { email: string; password: string }
	merchantId: string
	publishableKey: string
	secretKey: string
}

export function summary({
	baseUrl,
	sandboxUrl,
	owner,
	manager,
	publishableKey,
	secretKey,
}: Launched): string {
	const rows: [string, string][] = [
		['Shop', `${baseUrl}/shop`],
		['Console', `${baseUrl}/console`],
		['Log in', `${owner.email}  ${owner.password}`],
		['Second person', `${manager.email}  ${manager.password}`],
		['Publishable key', publishableKey],
		['Secret key', secretKey],
		['Gateway', sandboxUrl ? `${sandboxUrl} (sandbox; no real money moves)` : 'Stripe'],
	]
	const width = Math.max(...rows.map(([label]) => label.length))
	const table = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`)
	return [
		'',
		'Tillhouse is ready.',
		'',
		...table,
		'',
		'  A first payment:',
		'',
		firstPayment(baseUrl, secretKey),
		'',
		'  Ctrl-C stops everything.',
		'',
	].join('\n')
}

function firstPayment(baseUrl: string, secretKey: string): string {
	return [
		`  curl ${baseUrl}/api/v1/payments \\`,
		`    -H 'Authorization: Bearer ${secretKey}' \\`,
		"    -H 'Content-Type: application/json' \\",
		"    -H 'Idempotency-Key: first-payment' \\",
		`    -d '{"amount": 1999, "currency": "eur", "payment_method": "pm_card_visa", "confirm": true}'`,
	].join('\n')
}
