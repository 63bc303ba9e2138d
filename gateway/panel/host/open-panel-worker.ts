/** The panel's thread itself: built JavaScript, with a memory of its own that it can not exceed. */
import { Worker } from 'node:worker_threads';
import type { FromPanel } from '../bridge.js';
import type { OpenPanelPort } from './panel-thread.js';

/** Measured: the thread's heap is 13 MB with 1,000 points; thousands of streams and a page of the journal fit in the rest. */
const heapMaxMb = 128;
/** Three halves of 2 MB, as the unit file gives them to the watch: a limit of a thread outdoes node's flag. */
const youngMaxMb = 6;

const threadUrl = new URL('../server/thread.js', import.meta.url);

export const openPanelWorker: OpenPanelPort = (settings, events) => {
  const worker = new Worker(threadUrl, {
    workerData: settings,
    name: 'panel',
    resourceLimits: { maxOldGenerationSizeMb: heapMaxMb, maxYoungGenerationSizeMb: youngMaxMb },
  });
  let why: string | null = null;
  // Without these listeners an error of the thread would end the whole process.
  worker.on('error', (error: unknown) => {
    why ??= error instanceof Error ? error.message : String(error);
  });
  worker.on('messageerror', () => undefined);
  worker.on('message', (message: FromPanel) => events.onMessage(message));
  worker.on('exit', (code) => events.onEnd(why ?? `exit ${code}`));
  return {
    post: (message) => worker.postMessage(message),
    end: () => worker.terminate(),
  };
};
