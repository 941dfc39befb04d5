// Ground floor first. A room may import lower floors and itself, nothing else. See docs/architecture.md.
const FLOORS = [
	['app/domain'],
	['app/contracts', 'app/config', 'app/telemetry', 'app/passwords', 'app/credentials'],
	['jobs/catalog'],
	['db', 'app/gateways', 'app/mail'],
	['jobs/enqueue', 'app/vault'],
	['app/commands', 'app/presenters', 'app/http', 'app/feed'],
	['jobs/handlers', 'app/ui'],
	['app/compose', 'app/root', 'jobs/worker'],
	['app/api'],
	['app/entry', 'app/routes'],
	['app/server', 'jobs/ops'],
]
const at = (room) => `^${room}(/|\\.)`
const above = (level, room) =>
	FLOORS.flatMap((rooms, l) => rooms.filter((r) => l > level || (l === level && r !== room)))
		.map(at)
		.join('|') || '^$'
const never = (name, from, to) => ({ name, severity: 'error', from, to })

module.exports = {
	forbidden: [
		...FLOORS.flatMap((rooms, level) =>
			rooms.map((room) =>
				never(
					`floor-${level}-${room}`,
					{ path: at(room), pathNot: '\\.test\\.tsx?$' },
					{ path: above(level, room) },
				),
			),
		),
		never('no-circular', {}, { circular: true }),
		never(
			'domain-is-pure',
			{ path: '^app/domain', pathNot: '\\.test\\.ts$' },
			{ dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/(zod|dinero\\.js|typeid-js)' },
		),
		never('ui-is-browser-safe', { path: '^app/ui' }, { path: '^(db|jobs)/|^app/(?!ui|domain|contracts)' }),
		never(
			'routes-do-not-touch-sql',
			{ path: '^app/(routes|api)/' },
			{ path: '^(db|jobs)/|^app/(gateways|mail)|node_modules/(kysely|pg|pg-boss|stripe|nodemailer)/' },
		),
		never('routes-do-not-import-routes', { path: '^app/routes/' }, { path: '^app/routes/' }),
		never(
			'sandbox-stands-alone',
			{ path: '^app/sandbox/' },
			{ path: '^(app|jobs|db|tests)/', pathNot: '^app/sandbox/' },
		),
		never(
			'sandbox-is-reached-over-http',
			{ path: '^(app|jobs|db)/', pathNot: '^app/sandbox/' },
			{ path: '^app/sandbox/' },
		),
		never(
			'no-tests-in-production',
			{ path: '^(app|jobs|db)/', pathNot: '\\.test\\.tsx?$' },
			{ path: '^tests/|\\.test\\.tsx?$' },
		),
		never(
			'no-junk-drawers',
			{},
			{ path: '/(utils?|help(ers?)|common|misc|shared|lib)[/.]', pathNot: 'node_modules' },
		),
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	},
}
