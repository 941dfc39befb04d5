import { useEffect, useState } from 'react'
import { useWorld } from './world.tsx'

const CHANNEL = 'tillhouse.world'

/** Whether a tab that was opened or loaded after this one shows another world: tabs share one log-in. */
export function useOtherTabWorld(): boolean {
	const { merchantId } = useWorld()
	const [hasLeft, setHasLeft] = useState(false)
	useEffect(() => {
		const channel = new BroadcastChannel(CHANNEL)
		channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => setHasLeft(data !== merchantId))
		channel.postMessage(merchantId)
		return () => channel.close()
	}, [merchantId])
	return hasLeft
}
