/** Checks one site file in a thread of its own: half a second of parsing on a slow box would be half a second without a watch. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkHere } from './check-here.js';
import type { CheckQuestion } from './check-question.js';

parentPort?.postMessage(await checkHere(workerData as CheckQuestion));
