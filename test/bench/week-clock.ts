/**
 * The clock of a page that lives through a week in minutes. It goes at the pace of the machine, and 2 s more with every event `patches` of
 * the stream, before the page itself hears of that: all timers that are due in between are run, each as often as it would have been.
 */
import type { BrowserContext, Page } from 'playwright-core';

const ownPaceMs = 50;

const script = (stepMs: number): string => `(() => {
  const began = Date.now() - performance.now();
  const timers = new Map();
  const realInterval = setInterval;
  const realNow = performance.now.bind(performance);
  let now = realNow();
  let lastId = 0;
  const add = (run, ms, every, args) => {
    const waitMs = Math.max(every ? 1 : 0, Number(ms) || 0);
    lastId += 1;
    timers.set(lastId, { run, args, at: now + waitMs, everyMs: every ? waitMs : null });
    return lastId;
  };
  const remove = (id) => void timers.delete(id);
  window.setTimeout = (run, ms, ...args) => add(run, ms, false, args);
  window.setInterval = (run, ms, ...args) => add(run, ms, true, args);
  window.clearTimeout = remove;
  window.clearInterval = remove;
  performance.now = () => now;
  Date.now = () => Math.round(began + now);
  const advance = (ms) => {
    const end = now + ms;
    for (;;) {
      let next = null;
      for (const [id, timer] of timers) if (timer.at <= end && (next === null || timer.at < next[1].at)) next = [id, timer];
      if (next === null) break;
      const [id, timer] = next;
      now = Math.max(now, timer.at);
      if (timer.everyMs === null) timers.delete(id);
      else timer.at += timer.everyMs;
      timer.run(...timer.args);
    }
    now = end;
  };
  let paced = realNow();
  realInterval(() => {
    advance(realNow() - paced);
    paced = realNow();
  }, ${ownPaceMs});
  window.benchAdvance = advance;
  window.benchTimers = () => timers.size;
  window.benchSeen = -1;
  const Native = window.EventSource;
  window.EventSource = class extends Native {
    constructor(...given) {
      super(...given);
      const seen = ({ lastEventId }) => {
        window.benchSeen = Number(lastEventId.split('-')[1]);
      };
      this.addEventListener('state', seen);
      this.addEventListener('patches', (event) => {
        advance(${stepMs});
        seen(event);
      });
    }
  };
})()`;

export async function makeTimeRun(context: BrowserContext, stepMs: number): Promise<void> {
  await context.addInitScript(script(stepMs));
}

/** Number of the last event that the page has heard. */
export async function seenEvent(page: Page): Promise<number> {
  return page.evaluate('window.benchSeen');
}

/** Without any event. */
export async function letPass(page: Page, ms: number): Promise<void> {
  await page.evaluate(`window.benchAdvance(${ms})`);
}

/** Timers that are set. */
export async function timersOf(page: Page): Promise<number> {
  return page.evaluate('window.benchTimers()');
}
