import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
	Links,
	Meta,
	Outlet,
	Scripts,
	ScrollRestoration,
	isRouteErrorResponse,
	useRouteError,
	useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { ErrorPage } from './ui/kit/error-page.tsx'
import { useNonce, useNonceForStyles } from './ui/kit/nonce.tsx'
import { themeFromCookie } from './ui/kit/theme.ts'
import { Toaster } from './ui/kit/toast.tsx'
import './ui/styles/app.css'

export const links: LinksFunction = () => [{ rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }]

export const meta: MetaFunction = () => [{ title: 'Tillhouse' }]

export function loader({ request, context }: LoaderFunctionArgs) {
	return {
		theme: themeFromCookie(request.headers.get('cookie')),
		hasShop: context.services.env.hasShop,
	}
}

// The theme is only read for the first page; afterwards the switch itself keeps it.
export const shouldRevalidate = () => false

export function Layout({ children }: { children: ReactNode }) {
	const nonce = useNonce()
	const theme = useRouteLoaderData<typeof loader>('root')?.theme
	return (
		<html lang="en" data-theme={theme ?? undefined} suppressHydrationWarning>
			<head>
				<meta charSet="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
				<meta name="color-scheme" content={theme ?? 'light dark'} />
				<Meta />
				<Links />
			</head>
			<body className="min-h-dvh">
				{children}
				<ScrollRestoration {...(nonce ? { nonce } : {})} />
				<Scripts {...(nonce ? { nonce } : {})} />
			</body>
		</html>
	)
}

export default function App() {
	useNonceForStyles()
	return (
		<>
			<Outlet />
			<Toaster />
		</>
	)
}

export function ErrorBoundary() {
	const error = useRouteError()
	return <ErrorPage status={isRouteErrorResponse(error) ? error.status : 500} />
}
