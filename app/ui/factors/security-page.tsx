import { Link } from '@remix-run/react'
import { ArrowLeft, ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import type { SecurityView } from '#app/contracts/factors.ts'
import { Banner } from '../kit/banner.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { BackupPanel } from './backup-panel.tsx'
import { GooglePanel } from './google-panel.tsx'
import { PasskeyPanel } from './passkey-panel.tsx'
import { TotpPanel } from './totp-panel.tsx'

export function SecurityPage({ view, problem }: { view: SecurityView; problem: string | null }) {
	const [codes, setCodes] = useState<string[]>([])
	const keep = (made: string[]) => (made.length > 0 ? setCodes(made) : undefined)
	const hasFactor = view.hasTotp || view.passkeys.length > 0
	return (
		<>
			<PageHeader
				above={
					<Link
						to="/console/profile"
						className="inline-flex items-center gap-1 rounded-sm text-sm text-muted hover:text-ink"
					>
						<ArrowLeft aria-hidden="true" className="size-3.5" />
						Your account
					</Link>
				}
				title="Signing in"
				below="A second proof besides your password keeps others out of your money. A change signs you out everywhere else."
			/>
			{problem && (
				<Banner tone="bad" icon={ShieldAlert} role="alert" className="mb-4">
					{problem}
				</Banner>
			)}
			{view.required && (
				<Banner tone="warn" icon={ShieldAlert} className="mb-4">
					Your team asks for a second step when you sign in. Until you set one up here you can look around,
					but nothing that moves money works.
				</Banner>
			)}
			<div className="grid items-start gap-4 lg:grid-cols-2">
				<div className="grid gap-4">
					<TotpPanel isSet={view.hasTotp} onCodes={keep} />
					{(hasFactor || codes.length > 0) && (
						<BackupPanel left={view.backupCodesLeft} codes={codes} onCodes={keep} />
					)}
				</div>
				<div className="grid gap-4">
					<PasskeyPanel passkeys={view.passkeys} onCodes={keep} />
					{(view.google.isOffered || view.google.linked) && <GooglePanel google={view.google} />}
				</div>
			</div>
		</>
	)
}
