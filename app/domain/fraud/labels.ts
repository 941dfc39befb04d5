/** Who can say that a payment was fraud, or was not; whoever comes first here is believed. */
export const LABEL_PRECEDENCE = ['dispute', 'early_warning', 'refund', 'review'] as const

export type LabelSource = (typeof LABEL_PRECEDENCE)[number]
export type Verdict = 'fraud' | 'genuine'
