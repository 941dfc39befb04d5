/** Trying again cannot help: the job goes to the dead at once. `message` says why. */
export class HopelessJob extends Error {
	override readonly name = 'HopelessJob'
}
