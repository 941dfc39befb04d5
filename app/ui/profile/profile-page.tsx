import { ShieldCheck } from 'lucide-react'
import type { ProfileView } from '#app/contracts/profile.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { DeviceList } from './device-list.tsx'
import { EmailForm, NameForm, NoPassword, PasswordForm } from './profile-forms.tsx'
import { PreferencesForm } from './preferences-form.tsx'

export function ProfilePage({ profile }: { profile: ProfileView }) {
	return (
		<>
			<PageHeader
				title="Your account"
				below="What is yours alone, whichever business you act for."
				actions={
					<ButtonLink to="/console/profile/security">
						<ShieldCheck aria-hidden="true" />
						Signing in
					</ButtonLink>
				}
			/>
			<div className="grid items-start gap-4 lg:grid-cols-2">
				<Panel title="Name">
					<NameForm name={profile.name} />
				</Panel>
				<Panel title="Preferences">
					<PreferencesForm preferences={profile.preferences} />
				</Panel>
				<Panel title="E-mail" note="You sign in with it. A new one counts once you have confirmed it.">
					<EmailForm {...profile} />
				</Panel>
				<Panel title="Password" note="A new one signs out your other devices.">
					{profile.hasPassword ? <PasswordForm /> : <NoPassword />}
				</Panel>
				<Panel flush title="Devices" note="Where you are signed in now." className="lg:col-span-2">
					<DeviceList devices={profile.devices} />
				</Panel>
			</div>
		</>
	)
}
