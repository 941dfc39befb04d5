import type { Server } from 'node:http'
import { join } from 'node:path'
import type { ServerBuild } from '@remix-run/node'
import type { RequestHandler } from 'express'

/** What app/entry.server.tsx exports: everything is composed inside the Remix build, so classes exist once. */
export type Entry = Pick<typeof import('../entry.server.tsx'), 'compose' | 'startWorker' | 'fastLane'>
export type Services = Awaited<ReturnType<Entry['compose']>>
export type FastRoute = Entry['fastLane'][number]
export type RequestContext = Parameters<FastRoute['handle']>[1]

export type LoadedBuild = {
	current(): Promise<ServerBuild>
	assets: { kind: 'built'; directory: string } | { kind: 'vite'; middleware: RequestHandler }
	close(): Promise<void>
}

export const entryOf = (build: ServerBuild): Entry => build.entry.module as unknown as Entry

const ROOT = join(import.meta.dirname, '../..')

export async function loadProductionBuild(): Promise<LoadedBuild> {
	const build = (await import(join(ROOT, 'build/server/index.js'))) as ServerBuild
	return {
		current: async () => build,
		assets: { kind: 'built', directory: join(ROOT, 'build/client') },
		close: async () => {},
	}
}

/** Hot reload: every request sees the modules as they are on disk now. */
export async function loadDevelopmentBuild(server: Server): Promise<LoadedBuild> {
	const { createServer } = await import('vite')
	const vite = await createServer({ root: ROOT, server: { middlewareMode: true, hmr: { server } } })
	return {
		current: async () => (await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild,
		assets: { kind: 'vite', middleware: vite.middlewares },
		close: () => vite.close(),
	}
}
