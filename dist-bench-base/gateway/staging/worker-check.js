import { Worker } from 'node:worker_threads';
import { deepFreeze } from '../../config/deep-freeze.js';
import { pause } from '../../drivers/clock.js';
/** The largest site takes seconds on the slowest box. */
const checkMaxMs = 60_000;
/** Checks texts beside the watch, one thread for each. Rejects when the thread ends without an answer, or takes too long. */
export function checkInWorker(question, clock) {
    return async (text) => {
        const workerData = { ...question, text };
        const worker = new Worker(new URL('./check-worker.js', import.meta.url), { workerData, name: 'site check' });
        try {
            const answer = new Promise((resolve, reject) => {
                worker.once('message', resolve);
                worker.once('error', reject);
                worker.once('exit', () => reject(new Error('the check ended without an answer')));
            });
            const late = pause(clock, checkMaxMs).then(() => Promise.reject(new Error('the check takes too long')));
            const checked = await Promise.race([answer, late]);
            return checked.ok ? { ...checked, config: deepFreeze(checked.config) } : checked;
        }
        finally {
            void worker.terminate();
        }
    };
}
