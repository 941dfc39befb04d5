import { useState } from 'react'
import { newRuleForm, toForm, type RuleForm } from './rule-form.ts'
import type { RoutingRule } from '#app/domain/routing/rules.ts'

export type Moved = { id: string; way: 'up' | 'down'; words: string }

/** The rules of the editor: added, changed, moved and removed until they are saved. */
export function useRuleList(saved: readonly RoutingRule[], gateways: readonly string[]) {
	const [forms, setForms] = useState<RuleForm[]>(() => saved.map(toForm))
	const [moved, setMoved] = useState<Moved | null>(null)
	const set = (next: RuleForm[]) => {
		setMoved(null)
		setForms(next)
	}
	return {
		forms,
		moved,
		add: () =>
			set([
				...forms,
				newRuleForm(
					gateways,
					forms.map(({ id }) => id),
				),
			]),
		change: (id: string, change: Partial<RuleForm>) =>
			set(forms.map((form) => (form.id === id ? { ...form, ...change } : form))),
		remove: (id: string) => set(forms.filter((form) => form.id !== id)),
		move(id: string, by: -1 | 1) {
			const from = forms.findIndex((form) => form.id === id)
			const to = from + by
			const form = forms[from]
			if (!form || to < 0 || to >= forms.length) return
			const rest = forms.filter((other) => other.id !== id)
			setForms([...rest.slice(0, to), form, ...rest.slice(to)])
			const words = `${form.name || 'The new rule'} is now number ${to + 1} of ${forms.length}.`
			setMoved({ id, way: by < 0 ? 'up' : 'down', words })
		},
	}
}
