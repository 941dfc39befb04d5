import { Link, type LinkProps } from '@remix-run/react'
import { cva, type VariantProps } from 'class-variance-authority'
import { forwardRef, type ButtonHTMLAttributes } from 'react'
import { cn } from './class-names.ts'
import { Spinner } from './spinner.tsx'

const button = cva(
	'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
	{
		variants: {
			tone: {
				primary: 'bg-accent text-on-accent hover:bg-accent-strong',
				secondary:
					'border border-line-strong bg-panel text-ink shadow-card hover:bg-sunken disabled:hover:bg-panel',
				danger: 'bg-bad text-white hover:bg-bad-strong dark:text-[#2a0a08] disabled:hover:bg-bad',
				quiet: 'text-muted hover:bg-sunken hover:text-ink',
			},
			size: {
				sm: 'h-8 px-2.5 text-sm pointer-coarse:h-10',
				md: 'h-9 px-3.5 text-base pointer-coarse:h-11',
				lg: 'h-11 px-5 text-base',
				icon: 'size-8 pointer-coarse:size-10',
			},
			wide: { true: 'w-full', false: '' },
		},
		defaultVariants: { tone: 'secondary', size: 'md', wide: false },
	},
)

type Look = VariantProps<typeof button>

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
	Look & {
		/** Shows the spinner and refuses clicks; the width stays, so nothing jumps. */
		pending?: boolean
	}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
	{ tone, size, wide, pending = false, disabled, className, children, type = 'button', ...rest },
	ref,
) {
	return (
		<button
			ref={ref}
			type={type}
			disabled={disabled || pending}
			aria-busy={pending || undefined}
			className={cn(button({ tone, size, wide }), className)}
			{...rest}
		>
			<span className={cn('inline-flex items-center gap-1.5', pending && 'opacity-0')}>{children}</span>
			{pending && (
				<span className="absolute inset-0 grid place-items-center">
					<Spinner />
				</span>
			)}
		</button>
	)
})

export function ButtonLink({ tone, size, wide, className, ...rest }: LinkProps & Look) {
	return <Link className={cn(button({ tone, size, wide }), className)} {...rest} />
}
