import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { ApiKeyState, ApiKeyView } from '#app/contracts/api-keys.ts'
import { PERMISSIONS, type Permission } from '#app/domain/access/permissions.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Time } from '../kit/time.tsx'
import { RevokeKeyDialog, RollKeyDialog } from './api-key-dialogs.tsx'

const KINDS = { secret: 'Secret', restricted: 'Restricted', publishable: 'Publishable' } as const
const STATES: Record<ApiKeyState, { word: string; tone: Tone }> = {
	active: { word: 'Works', tone: 'good' },
	replaced: { word: 'Works until the new one takes over', tone: 'wait' },
	expired: { word: 'Expired', tone: 'neutral' },
	revoked: { word: 'Revoked', tone: 'neutral' },
}

const at = (seconds: number) => <Time at={seconds * 1_000} />

export function ApiKeyList({ keys, onKey }: { keys: ApiKeyView[]; onKey: (key: string) => void }) {
	if (keys.length === 0) {
		return (
			<EmptyState icon={KeyRound} title="No API keys yet">
				A key lets your server take payments through the API.
			</EmptyState>
		)
	}
	return (
		<ul aria-label="API keys">
			{keys.map((key) => (
				<li key={key.id} className="border-b border-line px-4 py-3 last:border-b-0">
					<ApiKey apiKey={key} onKey={onKey} />
				</li>
			))}
		</ul>
	)
}

function ApiKey({ apiKey, onKey }: { apiKey: ApiKeyView; onKey: (key: string) => void }) {
	const [open, setOpen] = useState<'roll' | 'revoke' | null>(null)
	const { word, tone } = STATES[apiKey.status]
	const works = apiKey.status === 'active' || apiKey.status === 'replaced'
	const close = () => setOpen(null)
	return (
		<div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
			<div className="min-w-0">
				<h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium break-words text-ink">
					{apiKey.name}
					<code className="font-mono text-xs text-muted">{apiKey.hint}</code>
					<Badge tone={tone}>{word}</Badge>
				</h3>
				<p className="text-sm text-muted">{scopeOf(apiKey)}</p>
				<p className="text-sm text-muted">
					{apiKey.last_used === null ? 'Never used' : <>Last used {at(apiKey.last_used)}</>}
					{' · '}made {at(apiKey.created)}
					{apiKey.created_by && ` by ${apiKey.created_by}`}
					{works && apiKey.expires !== null && (
						<>
							{' · '}ends <Time at={apiKey.expires * 1_000} mode="absolute" />
						</>
					)}
				</p>
				{apiKey.revoke_reason && <p className="text-sm text-muted">Revoked: {apiKey.revoke_reason}</p>}
			</div>
			{works && (
				<div className="flex gap-2">
					{apiKey.status === 'active' && (
						<Button size="sm" onClick={() => setOpen('roll')} aria-label={`Roll ${apiKey.name}`}>
							Roll
						</Button>
					)}
					<Button size="sm" onClick={() => setOpen('revoke')} aria-label={`Revoke ${apiKey.name}`}>
						Revoke
					</Button>
				</div>
			)}
			{open === 'roll' && <RollKeyDialog apiKey={apiKey} onClose={close} onKey={onKey} />}
			{open === 'revoke' && <RevokeKeyDialog apiKey={apiKey} onClose={close} />}
		</div>
	)
}

function scopeOf({ kind, permissions, networks }: ApiKeyView): string {
	const scope =
		kind === 'restricted'
			? permissions.map((name) => PERMISSIONS[name as Permission]).join(', ')
			: KINDS[kind]
	return networks.length === 0 ? scope : `${scope} · only from ${networks.join(', ')}`
}
