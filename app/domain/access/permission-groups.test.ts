import { expect, test } from 'vitest'
import { PERMISSION_GROUPS } from './permission-groups.ts'
import { ALL_PERMISSIONS } from './permissions.ts'

test('every permission is in exactly one group', () => {
	const grouped = PERMISSION_GROUPS.flatMap(({ permissions }) => [...permissions])
	expect(grouped.sort()).toEqual([...ALL_PERMISSIONS].sort())
})
