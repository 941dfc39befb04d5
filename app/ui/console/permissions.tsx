import { createContext, useContext } from 'react'
import type { Permission } from '#app/domain/access/permissions.ts'

const Held = createContext<readonly Permission[]>([])

/** What the person in front of the console may do. The server judges; pages only leave out what it would refuse. */
export const PermissionsProvider = Held.Provider

export function useMay(): (permission: Permission) => boolean {
	const held = useContext(Held)
	return (permission) => held.includes(permission)
}
