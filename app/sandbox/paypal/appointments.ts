import type { Desk } from '../sandbox.ts'
import { settle } from './taking.ts'

export const paypalAppointments: Record<string, (desk: Desk, target: string) => void> = {
	'paypal.capture.settle': settle,
}
