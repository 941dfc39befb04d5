import tseslint from 'typescript-eslint'

const CODE = ['**/*.{ts,tsx}']
const TESTS = ['**/*.test.{ts,tsx}', 'tests/**']
const CONFIG_FILES = ['*.config.{ts,js}', '*.cjs']
const READS_ENVIRONMENT = [
	'app/config/**',
	'app/sandbox/**',
	'app/server/**',
	'db/migrate.ts',
	'db/seed.ts',
	'jobs/ops/**',
]
const MAY_PRINT = ['app/server/**', 'app/sandbox/**', 'jobs/ops/**', 'db/migrate.ts', 'db/seed.ts']

const banned = (selector, message) => ({ selector, message })

const REQUEST_SIGNAL = banned(
	"MemberExpression[property.name='signal'][object.name='request'], MemberExpression[property.name='signal'][object.property.name='request']",
	'request.signal forgets to abort after a garbage collection: use context.clientGone.',
)
const PROCESS_ENV = banned(
	"MemberExpression[object.name='process'][property.name='env']",
	'Settings are read once, in app/config: take them from env.',
)
const MOCKED_OWN_MODULE = banned(
	"CallExpression[callee.object.name='vi'][callee.property.name='mock'] > Literal[value=/^(#|\\.)/]",
	'Our own modules are never mocked: call the real thing.',
)
const HIDDEN_TIME_AND_CHANCE = [
	banned(
		"CallExpression[callee.object.name='Date'][callee.property.name='now']",
		'Take the time from deps.clock.',
	),
	banned("NewExpression[callee.name='Date'][arguments.length=0]", 'Take the time from deps.clock.'),
	banned("CallExpression[callee.object.name='Math'][callee.property.name='random']", 'Chance is injected.'),
	banned(
		"CallExpression[callee.property.name='randomUUID'], CallExpression[callee.name='randomUUID']",
		'Ids come from deps.ids.',
	),
]
const FLOATS = [
	banned(
		"CallExpression[callee.name='Number'], CallExpression[callee.name='parseFloat']",
		'Money and counts stay bigint or integer.',
	),
	banned(
		'CallExpression[callee.property.name=/^(toFixed|parseFloat)$/]',
		'Money and counts stay bigint or integer.',
	),
]

/** A later block replaces the rule's options, so each place lists all that holds there. */
const forbid = (files, ...selectors) => ({
	files,
	ignores: TESTS,
	rules: { 'no-restricted-syntax': ['error', ...selectors] },
})

export default tseslint.config(
	{ ignores: ['build/**', 'node_modules/**', '.data/**', 'coverage/**', 'public/**', 'db/schema.ts'] },
	{
		files: CODE,
		extends: [tseslint.configs.base],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': [
				'error',
				{ checksVoidReturn: { arguments: false, attributes: false } },
			],
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/only-throw-error': [
				'error',
				{ allow: ['Response', 'TypedResponse', 'DataWithResponseInit'] },
			],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'no-console': 'error',
			'no-var': 'error',
			'prefer-const': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'id-denylist': ['error', 'utils', 'helpers', 'info', 'temp', 'tmp'],
			complexity: ['warn', 10],
			'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
			'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
			'no-restricted-syntax': ['error', REQUEST_SIGNAL, PROCESS_ENV, MOCKED_OWN_MODULE],
		},
	},
	forbid(
		['app/domain/**', 'app/commands/**'],
		REQUEST_SIGNAL,
		PROCESS_ENV,
		...HIDDEN_TIME_AND_CHANCE,
		...FLOATS,
	),
	forbid(['jobs/handlers/**'], REQUEST_SIGNAL, PROCESS_ENV, ...HIDDEN_TIME_AND_CHANCE),
	forbid(['db/queries/**', 'app/contracts/**'], REQUEST_SIGNAL, PROCESS_ENV, ...FLOATS),
	forbid([...READS_ENVIRONMENT, ...CONFIG_FILES, 'app/telemetry/open-transaction.server.ts'], REQUEST_SIGNAL),
	{ files: [...MAY_PRINT, ...TESTS], rules: { 'no-console': 'off' } },
	{
		files: TESTS,
		rules: {
			'no-restricted-syntax': ['error', MOCKED_OWN_MODULE],
			'max-lines-per-function': 'off',
		},
	},
	{ files: CONFIG_FILES, rules: { 'no-restricted-syntax': 'off' } },
)
