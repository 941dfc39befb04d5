import { expect, it } from 'vitest'
import { activeFilters, filterProblem, filtersFrom, pageLink } from './active-filters.ts'

it('reads the URL and leaves empty fields out', () => {
	const query = new URLSearchParams('q=+mug+&status=&min=10&currency=USD&starting_after=pay_1&other=x')
	expect(filtersFrom(query)).toEqual({ q: 'mug', min: '10', currency: 'usd', starting_after: 'pay_1' })
})

it('makes a chip for each filter whose link drops only that filter and the place', () => {
	const chips = activeFilters({ q: 'mug', status: 'in_review', starting_after: 'pay_1' })
	expect(chips.map(({ text, without }) => [text, without])).toEqual([
		['Contains “mug”', '/console/payments?status=in_review'],
		['Status: In review', '/console/payments?q=mug'],
	])
})

it('keeps the filters while paging', () => {
	expect(pageLink({ q: 'a b', ending_before: 'pay_1' }, { starting_after: 'pay_9' })).toBe(
		'/console/payments?q=a+b&starting_after=pay_9',
	)
})

it('says which filter cannot be used', () => {
	expect(filterProblem({ min: '10.50', max: '0', currency: 'usd' })).toBeNull()
	expect(filterProblem({ min: 'ten' })).toMatch('“ten”')
	expect(filterProblem({ max: '10.50', currency: 'jpy' })).toMatch('JPY')
	expect(filterProblem({ currency: 'xxx' })).toMatch('“xxx”')
})
