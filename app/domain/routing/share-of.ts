const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** A number from 0 up to 1 that belongs to `id` for good: a repeated question gets the same answer. FNV-1a, then murmur3's mix. */
export function shareOf(id: string): number {
	let hash = FNV_OFFSET
	for (let index = 0; index < id.length; index++) {
		hash = Math.imul(hash ^ id.charCodeAt(index), FNV_PRIME)
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
	return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
