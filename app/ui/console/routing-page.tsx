import type { RoutingView } from '#app/contracts/routing.ts'
import { Banner } from '../kit/banner.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { DeclineTable } from './decline-table.tsx'
import { GatewayPanel } from './gateway-panel.tsx'
import { RulesEditor } from './rules-editor.tsx'
import { RulesHistory } from './rules-history.tsx'

export function RoutingPage({ view }: { view: RoutingView }) {
	const { rules, history, gateways, declines, mayEdit } = view
	const { draft, live } = rules
	const saved = `${live?.version}-${draft?.version}-${draft?.revision}`
	return (
		<>
			<PageHeader
				title="Routing"
				below="Which gateway each payment goes to, and what follows a decline. A payment is never charged at two gateways: the next one is asked only when the first has proven that nothing was charged."
			/>
			<div className="grid gap-4">
				{!mayEdit && <Banner>Only an owner or an admin can change routing.</Banner>}
				<GatewayPanel read={gateways} />
				<RulesEditor key={saved} view={view} />
				<RulesHistory history={history} gateways={gateways} mayEdit={mayEdit} />
				<DeclineTable rows={declines} mayEdit={mayEdit} />
			</div>
		</>
	)
}
