import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
	interface Future {
		v3_singleFetch: true
	}
}

/** The trainer runs in a thread of its own: a second entry of the server's build (app/commands/fraud/run-trainer.server.ts). */
const trainerEntry: Plugin = {
	name: 'trainer-entry',
	apply: (_config, { isSsrBuild, command }) => command === 'build' && isSsrBuild === true,
	buildStart() {
		this.emitFile({
			type: 'chunk',
			id: 'app/commands/fraud/train-worker.ts',
			fileName: 'assets/train-worker.js',
		})
	},
}

export default defineConfig({
	plugins: process.env['VITEST'] ? [] : [remix(remixConfig), tailwindcss(), trainerEntry],
	build: { target: 'es2022' },
})
