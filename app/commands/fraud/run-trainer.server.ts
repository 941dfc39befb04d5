import { Worker } from 'node:worker_threads'
import type { Examples } from '../../domain/fraud/model/examples.ts'
import type { Model } from '../../domain/fraud/model/model.ts'

export type TrainerTask = Examples & { readonly seed: number }
export type TrainerNews = { kind: 'progress'; done: number; of: number } | { kind: 'trained'; model: Model }

/** Beside this file; in a build it is an entry of its own next to the server (vite.config.ts). */
const WORKER = new URL(
	import.meta.url.endsWith('.ts') ? './train-worker.ts' : './train-worker.js',
	import.meta.url,
)

/** Trains in a thread of its own: this one goes on answering. A thread that dies leaves nothing behind. */
export function runTrainer(
	task: TrainerTask,
	onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Model> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(WORKER, { workerData: task })
		worker.on('message', (news: TrainerNews) => {
			if (news.kind === 'progress') onProgress(news.done, news.of)
			else resolve(news.model)
		})
		worker.on('error', reject)
		worker.on('exit', (code) => reject(new Error(`training ended without a model (exit code ${code})`)))
	})
}
