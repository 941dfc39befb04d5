/** The card forms are other documents and cannot inherit our colours: they are told once. */
export function isDarkPage(): boolean {
	const chosen = document.documentElement.dataset['theme']
	if (chosen) return chosen === 'dark'
	return window.matchMedia('(prefers-color-scheme: dark)').matches
}
