import { Form } from '@remix-run/react'
import type { ProfileView } from '#app/contracts/profile.ts'
import { Button } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Select } from '../kit/select.tsx'

/** The page is read anew afterwards: colours and spacing belong to the frame around it. */
export function PreferencesForm({ preferences }: { preferences: ProfileView['preferences'] }) {
	return (
		<Form method="post" reloadDocument className="grid gap-4">
			<input type="hidden" name="intent" value="preferences" />
			<div className="grid gap-4 sm:grid-cols-2">
				<Field label="Colours">
					{(control) => (
						<Select {...control} name="theme" defaultValue={preferences.theme}>
							<option value="system">As the device</option>
							<option value="light">Light</option>
							<option value="dark">Dark</option>
						</Select>
					)}
				</Field>
				<Field label="Spacing of lists">
					{(control) => (
						<Select {...control} name="density" defaultValue={preferences.density}>
							<option value="comfortable">Comfortable</option>
							<option value="compact">Compact</option>
						</Select>
					)}
				</Field>
			</div>
			<label className="flex items-start gap-2.5">
				<input
					type="checkbox"
					name="notifications_enabled"
					defaultChecked={preferences.notificationsEnabled}
					className="mt-1 size-4 accent-accent"
				/>
				<span>
					Mail me about my payments
					<span className="block text-sm text-muted">
						Mail about the security of your account always comes.
					</span>
				</span>
			</label>
			<Button type="submit" className="justify-self-start">
				Save the preferences
			</Button>
		</Form>
	)
}
