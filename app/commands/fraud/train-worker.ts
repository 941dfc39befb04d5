import { parentPort, workerData } from 'node:worker_threads'
import type { Examples } from '../../domain/fraud/model/examples.ts'
import { trainModel } from '../../domain/fraud/model/train-model.ts'
import type { TrainerNews, TrainerTask } from './run-trainer.server.ts'

const { seed, ...examples } = workerData as TrainerTask
const tell = (news: TrainerNews) => parentPort?.postMessage(news)

const model = trainModel(examples satisfies Examples, seed, (done, of) =>
	tell({ kind: 'progress', done, of }),
)
tell({ kind: 'trained', model })
