/** How a person can prove once more that it is them. */
export type StepUpWays = { code: boolean; passkey: boolean; password: boolean; google: boolean }

/** The answer of an action that first wants a proof; nothing was done yet. The same form, sent again, is taken. */
export type StepUpAsked = { ok: false; message: string; field: null; stepUp: StepUpWays }

export const isStepUpAsked = (answer: unknown): answer is StepUpAsked =>
	typeof answer === 'object' && answer !== null && 'stepUp' in answer
