/** Whether a case says that the payment was fraud; other reasons say nothing about it. */
export const isFraudReason = (reason: string): boolean => reason === 'fraudulent'
