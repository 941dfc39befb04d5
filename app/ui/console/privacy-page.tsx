import { Form, useActionData, useNavigation } from '@remix-run/react'
import { Search } from 'lucide-react'
import type { PrivacyRequestView } from '#app/contracts/privacy.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { Pager, type Place } from '../kit/pager.tsx'
import type { PrivacyRefusal } from './privacy-command.ts'
import { PrivacyRequests } from './privacy-requests.tsx'

export type PrivacyView = { requests: PrivacyRequestView[]; hasMore: boolean; place: Place }

const linkTo = (place: Place) => `/console/privacy?${new URLSearchParams(place)}`

export function PrivacyPage({ view }: { view: PrivacyView }) {
	const refusal = useActionData() as PrivacyRefusal | undefined
	const pending = useNavigation().formData?.get('intent') === 'find'
	return (
		<>
			<PageHeader
				title="Privacy"
				below="What is held about a payer, to hand out when they ask, and to erase. No payment is changed by it."
			/>
			<div className="grid items-start gap-4 xl:grid-cols-[24rem_minmax(0,1fr)]">
				<Panel title="Find a payer">
					<Form method="post" noValidate className="grid gap-4">
						<input type="hidden" name="intent" value="find" />
						<Field
							label="E-mail address or payment"
							hint="The whole address, in any spelling, or an id such as pay_01h4…"
							error={refusal?.message}
						>
							{(control) => (
								<Input
									{...control}
									name="who"
									required
									maxLength={254}
									autoCapitalize="none"
									autoComplete="off"
									spellCheck={false}
								/>
							)}
						</Field>
						<Button type="submit" tone="primary" pending={pending}>
							<Search aria-hidden="true" />
							Find
						</Button>
					</Form>
				</Panel>
				<Panel flush title="Requests">
					<PrivacyRequests requests={view.requests} />
					<Pager
						ids={view.requests.map(({ id }) => id)}
						hasMore={view.hasMore}
						place={view.place}
						linkTo={linkTo}
					/>
				</Panel>
			</div>
		</>
	)
}
