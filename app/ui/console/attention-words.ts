import { BadgeAlert, Check, Clock, Cog, type LucideIcon } from 'lucide-react'
import type { AttentionItem } from '#app/contracts/attention.ts'
import { ATTENTION } from '#app/domain/attention/attention-kinds.ts'
import type { Tone } from '../kit/badge.tsx'

type Word = { label: string; tone: Tone; icon: LucideIcon }

export const SETTLED: Word = { label: 'Settled', tone: 'neutral', icon: Check }

export const SEVERITY: Record<AttentionItem['severity'], Word> = {
	money: { label: 'Money may be wrong', tone: 'bad', icon: BadgeAlert },
	deadline: { label: 'Has a deadline', tone: 'warn', icon: Clock },
	work: { label: 'A step waits', tone: 'wait', icon: Cog },
}

/** Where to look at what an item is about; null when it has no page. */
export function subjectPath({ subject, payment }: AttentionItem): { to: string; label: string } | null {
	if (/^(dsp|dp|dis)_/.test(subject)) return { to: `/console/disputes/${subject}`, label: 'Open the dispute' }
	if (/^I\d\d$/.test(subject)) return { to: '/integrity', label: 'Open the integrity page' }
	return payment ? { to: `/console/payments/${payment}`, label: 'Open the payment' } : null
}

const BY: Record<string, string> = {
	console: 'by a person in the console',
	api: 'through the API',
	janitor: 'by itself',
	job: 'by itself',
	system: 'by itself',
}

/** How a closed item ended, in a few words. */
export function endWords({ kind, outcome, closed_by }: AttentionItem): string {
	const by = BY[closed_by?.split(':')[0] ?? ''] ?? ''
	const choice = ATTENTION[kind].settle.find((settled) => settled.outcome === outcome)
	if (choice) return `${choice.label}, ${by}`
	if (outcome === 'retried') return `Tried again, ${by}`
	if (outcome === 'gone') return 'Closed by itself: its cause is gone'
	return `Closed ${by}`
}
