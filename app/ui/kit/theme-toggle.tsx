import { Moon, Sun } from 'lucide-react'
import { Button } from './button.tsx'
import type { Theme } from './theme.ts'

const YEAR_SECONDS = 31_536_000

function switchTheme() {
	const root = document.documentElement
	const system: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
	const next: Theme = (root.dataset['theme'] ?? system) === 'dark' ? 'light' : 'dark'
	// Back on the system's own choice, forget ours: the page follows the system again.
	if (next === system) {
		delete root.dataset['theme']
		document.cookie = 'theme=; Path=/; Max-Age=0; SameSite=Lax'
	} else {
		root.dataset['theme'] = next
		document.cookie = `theme=${next}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`
	}
}

export function ThemeToggle({ className }: { className?: string }) {
	return (
		<Button
			tone="quiet"
			size="icon"
			aria-label="Switch between light and dark"
			title="Switch between light and dark"
			className={className}
			onClick={switchTheme}
		>
			<Moon aria-hidden="true" className="dark:hidden" />
			<Sun aria-hidden="true" className="hidden dark:block" />
		</Button>
	)
}
