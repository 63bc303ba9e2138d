/** How punctual this computer is: timers of a process that does nothing else. */
import { type Clock, pause } from '../../../drivers/clock.js';
import { words } from '../finding.js';
import { developed, promised } from './developed.js';
import { type Figure, figure, percentile } from './figure.js';

const timers = 150;
const timerMs = 10;

export async function measureTimers(clock: Clock): Promise<readonly Figure[]> {
  const late: number[] = [];
  for (let count = 0; count < timers; count++) {
    const beganMono = clock.mono();
    await pause(clock, timerMs);
    late.push(clock.mono() - beganMono - timerMs);
  }
  return [
    figure(
      'timer-jitter-p99',
      words(`定时器迟到 p99（${timers} 次）`, `timers late, p99 of ${timers}`),
      'ms',
      percentile(late, 99),
      {
        budget: promised.timerJitterP99Ms,
        developed: developed.timerJitterP99Ms,
      },
    ),
  ];
}
