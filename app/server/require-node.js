// Plain JavaScript, loaded with --import: an older Node cannot even read the .ts files that would complain.
const [major] = process.versions.node.split('.')
if (Number(major) < 24) {
	const bundled = process.platform === 'linux' ? `node-linux-${process.arch}` : undefined
	process.stderr.write(
		[
			`Tillhouse needs Node 24 or newer; this is ${process.version}.`,
			bundled
				? `The package ${bundled} brings it, but is missing or was not used: run npm install without --omit=optional, then start through npm run.`
				: 'Install Node 24 from https://nodejs.org, then try again.',
			'',
		].join('\n'),
	)
	process.exit(1)
}
