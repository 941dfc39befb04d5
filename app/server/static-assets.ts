import { join } from 'node:path'
import express, { Router, type RequestHandler } from 'express'
import type { LoadedBuild } from './build.ts'

/** Files under assets/ carry a hash of their content in the name, so they never change. */
export function staticAssets(assets: LoadedBuild['assets']): RequestHandler {
	if (assets.kind === 'vite') return assets.middleware
	const router = Router()
	const hashed = join(assets.directory, 'assets')
	router.use(
		'/assets',
		express.static(hashed, { immutable: true, maxAge: '1y', fallthrough: false, index: false }),
	)
	// A folder of files may share its name with a page: /shop is a page, never a redirect to /shop/.
	router.use(express.static(assets.directory, { maxAge: '1h', index: false, redirect: false }))
	return router
}
