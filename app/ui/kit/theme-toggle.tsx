import { Moon, Sun } from 'lucide-react'
import { Button } from './button.tsx'
import { keepTheme, type Theme } from './theme.ts'

function switchTheme() {
	const root = document.documentElement
	const system: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
	const next: Theme = (root.dataset['theme'] ?? system) === 'dark' ? 'light' : 'dark'
	// Back on the system's own choice, forget ours: the page follows the system again.
	if (next === system) {
		delete root.dataset['theme']
		keepTheme('system')
	} else {
		root.dataset['theme'] = next
		keepTheme(next)
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
