import { readOptions } from './options.ts'
import { startSandbox } from './start.ts'

const sandbox = await startSandbox(readOptions(process.env))

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
}

console.log(JSON.stringify({ sandbox: 'listening', url: sandbox.url }))
