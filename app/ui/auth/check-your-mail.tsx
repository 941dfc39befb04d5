import { Form } from '@remix-run/react'
import { MailCheck } from 'lucide-react'
import { Banner } from '../kit/banner.tsx'
import { Button } from '../kit/button.tsx'
import { AuthCard, AuthLink } from './auth-card.tsx'

type CheckYourMailProps = { email: string; again: string; intent?: string; text: string; localMail: boolean }

/** Said to everybody who asked for a mail, whether one was sent or not. */
export function CheckYourMail({ email, again, intent, text, localMail }: CheckYourMailProps) {
	return (
		<AuthCard
			title="Check your mail"
			after={
				<p>
					Wrong address? <AuthLink to={again}>Start again</AuthLink>
				</p>
			}
		>
			<Banner tone="good" icon={MailCheck} role="status">
				{text} <span className="font-medium [overflow-wrap:anywhere]">{email}</span>.
			</Banner>
			{localMail && (
				<p className="text-sm text-muted">
					No mail server is set up here. <AuthLink to="/dev/mail">Read the mail</AuthLink>.
				</p>
			)}
			{intent && (
				<Form method="post" action="/verify-email" className="grid">
					<input type="hidden" name="intent" value={intent} />
					<input type="hidden" name="email" value={email} />
					<Button type="submit">Send it again</Button>
				</Form>
			)}
		</AuthCard>
	)
}
