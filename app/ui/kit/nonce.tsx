import { createContext, useContext, useEffect } from 'react'

/** The CSP nonce of this answer; empty in the browser, which hides it from scripts anyway. */
export const NonceContext = createContext<string | undefined>(undefined)

export const useNonce = (): string | undefined => useContext(NonceContext)

/** The nonce of the page as the browser keeps it: for scripts that write styles of their own. */
export const pageNonce = (): string | undefined =>
	document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce

/** The scroll lock of Radix dialogs writes a style element and takes its nonce from this global. */
export function useNonceForStyles() {
	useEffect(() => {
		const nonce = pageNonce()
		if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce })
	}, [])
}
