/**
 * The part of the gateway's fee that a refund of `amountMinor` makes worthless: gateways keep their fee. All in
 * minor units of one currency; rounded down, and exact when everything goes back.
 */
export function feeLoss(feeMinor: bigint, amountMinor: bigint, capturedMinor: bigint): bigint {
	if (capturedMinor <= 0n || feeMinor <= 0n) return 0n
	return (feeMinor * amountMinor) / capturedMinor
}
