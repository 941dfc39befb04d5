import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useRevalidator, type ClientLoaderFunctionArgs } from '@remix-run/react'
import { useEffect } from 'react'
import type { IntegrityReport } from '#app/contracts/integrity.ts'
import { presentIntegrity } from '#app/presenters/integrity.server.ts'
import { IntegrityPage } from '#app/ui/integrity/integrity-page.tsx'
import { createLastGood } from '#app/ui/live/last-good.ts'

export const meta: MetaFunction = () => [
	{ title: 'Do the books hold? · Tillhouse' },
	{ name: 'description', content: 'Thirty promises about every row of money, checked every hour.' },
]

export const loader = ({ context }: LoaderFunctionArgs): Promise<IntegrityReport> =>
	presentIntegrity(context.services.acrossMerchants)

const lastGood = createLastGood<IntegrityReport>()

export const clientLoader = (args: ClientLoaderFunctionArgs) => lastGood.load(args)

/** The first result is waited for; afterwards there is one an hour. */
const SOON_MS = 3_000
const LATER_MS = 60_000

export default function Integrity() {
	const report = useLoaderData() as IntegrityReport
	lastGood.useRemember(report)
	const { revalidate } = useRevalidator()
	const everyMs = report.status === 'never' ? SOON_MS : LATER_MS
	useEffect(() => {
		const timer = setInterval(() => {
			if (document.visibilityState === 'visible') revalidate()
		}, everyMs)
		return () => clearInterval(timer)
	}, [everyMs, revalidate])
	return <IntegrityPage report={report} />
}
