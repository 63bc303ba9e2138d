/** The reader's thread: one question after the other, each a bounded piece of work, so that a search never keeps a page waiting. */
import { parentPort, workerData } from 'node:worker_threads';
import { SystemClock } from '../../../drivers/clock.js';
import { JournalFile } from './journal-file.js';
import { type ReaderAnswer, ReaderError, type ReaderRequest, type ReaderSetup } from './reading.js';

const clock = new SystemClock();
const file = new JournalFile((workerData as ReaderSetup).path, () => clock.mono());

parentPort?.on('message', (request: ReaderRequest | null) => {
  if (request === null) {
    // Nobody has asked for a while.
    file.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answer(request));
});

function answer(request: ReaderRequest): ReaderAnswer {
  try {
    return { id: request.id, ok: true, result: file.answer(request) };
  } catch (cause) {
    const { code, got } = cause instanceof ReaderError ? cause : new ReaderError('READER-003', String(cause));
    return { id: request.id, ok: false, code, got };
  }
}
