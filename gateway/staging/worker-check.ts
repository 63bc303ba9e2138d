import { Worker } from 'node:worker_threads';
import { deepFreeze } from '../../config/deep-freeze.js';
import type { UserTexts } from '../../config/user-profiles.js';
import type { Clock } from '../../drivers/clock.js';
import type { CheckedFile } from '../check.js';
import type { CheckQuestion } from './check-question.js';
import type { CheckText } from './starting-site.js';

/** The largest site takes seconds on the slowest box. */
const checkMaxMs = 60_000;

/** Checks texts beside the watch, one thread for each. Rejects when the thread ends without an answer, or takes too long. */
export function checkInWorker(question: Asked, clock: Clock): CheckText {
  return async (text, userProfiles) => {
    const workerData = questionOf(question, text, userProfiles);
    const worker = new Worker(new URL('./check-worker.js', import.meta.url), { workerData, name: 'site check' });
    let cancelLate = (): void => undefined;
    try {
      const checked = await new Promise<CheckedFile>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('the check ended without an answer')));
        cancelLate = clock.after(checkMaxMs, () => reject(new Error('the check takes too long')));
      });
      return checked.ok ? { ...checked, config: deepFreeze(checked.config) } : checked;
    } finally {
      cancelLate();
      void worker.terminate();
    }
  };
}

/**
 * For a start: the same, and in this thread when that one gives no answer. A thread is not needed for its time, but what it loads
 * and leaves behind is gone with it: 9 MB of a watch that may run for a year.
 */
export function checkAtStart(question: Asked, clock: Clock): CheckText {
  const apart = checkInWorker(question, clock);
  return (text, userProfiles) =>
    apart(text, userProfiles).catch(async () => {
      const { checkHere } = await import('./check-here.js');
      return checkHere(questionOf(question, text, userProfiles));
    });
}

type Asked = Omit<CheckQuestion, 'text' | 'userProfiles'>;

function questionOf(question: Asked, text: string, userProfiles: UserTexts | undefined): CheckQuestion {
  return { ...question, text, ...(userProfiles === undefined ? {} : { userProfiles }) };
}
