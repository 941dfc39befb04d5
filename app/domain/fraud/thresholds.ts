/** From which score a person decides, and from which a payment is refused; 100 = never. */
export type Thresholds = { readonly reviewFrom: number; readonly blockFrom: number }

export const USUAL_THRESHOLDS: Thresholds = { reviewFrom: 65, blockFrom: 85 }
