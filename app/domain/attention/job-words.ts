/** What a queue's jobs do, as the beginning of a sentence. */
const WORDS: Readonly<Record<string, string>> = {
	'payments.process': 'Checking and charging this payment',
	'payments.operate': 'Carrying the capture, cancel or rejection of this payment to the gateway',
	'payments.complete': 'Taking the money the payer has approved',
	'payments.check-attempt': 'Asking the gateway what became of this charge',
	'payments.expire': 'The round that ends what waited too long',
	'refunds.send': 'Sending this refund to the gateway',
	'refunds.watch': 'The round that looks after open refunds',
	'disputes.send': 'Carrying the answer to this dispute to the gateway',
	'disputes.check': 'Asking the gateway how this dispute stands',
	'disputes.watch': 'The round that watches due dates of disputes',
	'disputes.discover': 'The round that looks for new disputes',
	'reconciliation.run': 'Comparing our books with the gateway’s',
	'webhooks.apply': 'Applying a message of the gateway',
	'integrity.verify': 'The check of all books',
	'audit.verify': 'The check of the audit record',
	'audit.heads': 'Keeping the end of the audit record outside the database',
	'attention.tidy': 'The round that closes what has settled itself',
	'mail.send': 'Sending an e-mail',
	'fraud.train': 'Training the next fraud model; the present one goes on deciding',
	'privacy.seal': 'Sealing what was kept of payers before they had keys',
	'fx.refresh': 'Reading the exchange rates',
}

export const jobWords = (queue: string): string => WORDS[queue] ?? `A step in the background (${queue})`

export function deadJobDetail(queue: string | null, tries: number): string {
	const what = jobWords(queue ?? 'unnamed')
	return tries > 1
		? `${what} failed all ${tries} times it was tried.`
		: `${what} failed and cannot be tried again.`
}
