import { useEffect, useState } from 'react'
import type { OfferedMethod } from '../../contracts/checkout.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import { tabStorage } from './checkout-attempt.ts'

const nameOf = (sessionId: string) => `tillhouse:checkout:${sessionId}:method`

/** The way to pay this tab has chosen, also after a reload; the first that is offered until then. */
export function useChosenMethod(sessionId: string, offered: readonly OfferedMethod[]) {
	const [wanted, setWanted] = useState<MethodType | null>(null)
	const chosen = offered.find(({ type }) => type === wanted) ?? offered[0] ?? null

	useEffect(() => {
		try {
			const kept = tabStorage()?.getItem(nameOf(sessionId))
			if (kept) setWanted(kept as MethodType)
		} catch {
			// A tab that cannot remember starts with the first.
		}
	}, [sessionId])

	const choose = (type: MethodType) => {
		setWanted(type)
		try {
			tabStorage()?.setItem(nameOf(sessionId), type)
		} catch {
			// Only a reload loses the choice.
		}
	}
	return { chosen, choose }
}
