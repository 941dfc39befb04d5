import { Laptop } from 'lucide-react'
import type { DeviceView } from '#app/contracts/profile.ts'
import { useCommand } from '../console/use-command.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Time } from '../kit/time.tsx'

export function DeviceList({ devices }: { devices: readonly DeviceView[] }) {
	return (
		<>
			<ul aria-label="Devices" className="divide-y divide-line">
				{devices.map((device) => (
					<Device key={device.id} device={device} />
				))}
			</ul>
			<div className="flex flex-wrap gap-2 border-t border-line p-4">
				{devices.length > 1 && <EndMany intent="end_others">Sign out all other devices</EndMany>}
				<EndMany intent="end_all">Sign out everywhere, here too</EndMany>
			</div>
		</>
	)
}

function Device({ device }: { device: DeviceView }) {
	const { Form, pending } = useCommand()
	const { id, words, network, merchantName, lastSeenAt, isThis } = device
	return (
		<li className="flex items-center gap-3 px-4 py-2.5">
			<Laptop aria-hidden="true" className="size-4 shrink-0 text-muted" />
			<div className="min-w-0 flex-1">
				<p className="font-medium text-ink">
					{words} {isThis && <Badge tone="good">this device</Badge>}
				</p>
				<p className="text-sm text-muted [overflow-wrap:anywhere]">
					{merchantName} · {network ?? 'an unknown network'} · seen <Time at={lastSeenAt} />
				</p>
			</div>
			{!isThis && (
				<Form method="post">
					<input type="hidden" name="intent" value="end_session" />
					<input type="hidden" name="session" value={id} />
					<Button type="submit" size="sm" pending={pending} aria-label={`Sign out ${words}`}>
						Sign out
					</Button>
				</Form>
			)}
		</li>
	)
}

function EndMany({ intent, children }: { intent: 'end_others' | 'end_all'; children: string }) {
	const { Form, pending } = useCommand()
	return (
		<Form method="post">
			<input type="hidden" name="intent" value={intent} />
			<Button type="submit" pending={pending}>
				{children}
			</Button>
		</Form>
	)
}
