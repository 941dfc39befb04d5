import type { PayPalCard, PayPalCardSource, PayPalSource } from '../books/paypal-shapes.ts'
import { behaviourOf } from '../cards/behaviours.ts'
import type { Desk } from '../sandbox.ts'
import { asksForAuthentication } from './declines.ts'
import { refused } from './errors.ts'
import { address, type At, nested, text } from './read.ts'
import { fixedCard } from './test-tokens.ts'

/** The payer's wallet, a card's token or nothing yet. */
export function readSource(desk: Desk, body: At): PayPalSource | null {
	const source = nested(body, 'payment_source')
	if (!source) return null
	const card = nested(source, 'card')
	if (card) return readCard(desk, card)
	const paypal = nested(source, 'paypal')
	if (!paypal) throw notOffered()
	return { kind: 'paypal', brandName: null, ...readContext(paypal) }
}

const notOffered = () =>
	refused(
		'PAYMENT_SOURCE_NOT_SUPPORTED',
		'The sandbox takes PayPal and cards by their token.',
		'/payment_source',
	)

function readContext(parent: At) {
	const context = nested(parent, 'experience_context')
	return {
		...(context && { brandName: text(context, 'brand_name', 127) }),
		returnUrl: context ? address(context, 'return_url') : null,
		cancelUrl: context ? address(context, 'cancel_url') : null,
	}
}

function readCard(desk: Desk, card: At): PayPalCardSource {
	if (card.fields['number'] !== undefined) {
		throw refused(
			'PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING',
			'Card numbers are taken by the sandbox’s own card page only, which gives a single_use_token for one.',
			`${card.pointer}/number`,
		)
	}
	const token = text(card, 'single_use_token', 255)
	const vaultId = text(card, 'vault_id', 255)
	const field = `${card.pointer}/${token === null ? 'vault_id' : 'single_use_token'}`
	const found = usable(desk, token ?? vaultId ?? '', field)
	const attributes = nested(card, 'attributes')
	const vault = attributes && nested(attributes, 'vault')
	const { returnUrl, cancelUrl } = readContext(card)
	return {
		kind: 'card',
		card: found.id,
		returnUrl,
		cancelUrl,
		authenticated: null,
		vault: vault?.fields['store_in_vault'] === 'ON_SUCCESS',
		vaultId,
	}
}

function usable(desk: Desk, id: string, field: string): PayPalCard {
	const card = desk.books.paypalCards.get(id) ?? fixedCard(desk, id)
	if (!card) throw refused('TOKEN_ID_NOT_FOUND', 'Specified token does not exist.', field)
	if (card.spentBy !== null) throw refused('TOKEN_EXPIRED', 'The token is expired or was used before.', field)
	return card
}

/** A single-use token is spent with the order that names it, whatever becomes of that order. */
export function spend(desk: Desk, source: PayPalSource | null, order: string): void {
	if (source?.kind !== 'card' || source.vaultId !== null) return
	const card = desk.books.paypalCards.get(source.card)
	if (card?.singleUse) desk.books.paypalCards.put({ ...card, spentBy: order })
}

export function awaitsPayer(desk: Desk, source: PayPalSource): boolean {
	if (source.kind === 'paypal') return true
	if (source.authenticated === true) return false
	return asksForAuthentication(behaviourOf(desk.books.paypalCards.get(source.card)?.number ?? ''))
}
