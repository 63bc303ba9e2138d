/**
 * A page that stays open for a simulated week: 302,400 lists of patches, an alarm every ten minutes, all screens, the stream dropped every
 * hour and silent every sixth. What the page holds is counted after its garbage was collected, at a tenth, half and the whole of it, on
 * the first screen with all well. What is told, and how the clock of the page runs: `week-feed.ts`, `week-clock.ts`.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { Chance } from '../../hardware-sim/chance.js';
import { FakePanel, openChromium } from '../panel/page-rig.js';
import { aSite, aState, beganWall } from '../panel/page-village.js';
import { anEntry, aTown } from '../panel/screens-town.js';
import { objectBytes } from './heap-objects.js';
import { buildPanel } from './panel-gateway.js';
import { type BenchOptions, type Result, round } from './result.js';
import { letPass, makeTimeRun, seenEvent, timersOf } from './week-clock.js';
import { alarmSteps, stepMs, WeekFeed, withADay } from './week-feed.js';

const weekSteps = (7 * 86_400_000) / stepMs;
const perHour = 3_600_000 / stepMs;
/** Told to the page and not heard by it yet, events. */
const aheadMax = 400;
const chunk = 100;
/** The page has heard nothing for so long, every sixth hour, ms of the page. */
const silenceMs = 45_000;
/** For what the page asks after a drop or on another screen. */
const settleMs = 150;
/** Sounds that were begun have ended, too. */
const restMs = 3_000;
const screens = ['/map', '/water', '/voice', '/duty', '/incident', '/history', '/health', '/settings'] as const;

/** More than at a tenth of the time. What the page itself holds: one state more, which a key of the last picture still has. */
const objectsGrowthMaxKb = 200;
/** With the engine's compiled code, and what the browser notes of every request and frame for those who look at it (here: the bench). */
const heapGrowthMaxKb = 1024;
const nodesGrowthMax = 50;
const listenersGrowthMax = 10;

interface Held {
  readonly objectsKb: number;
  readonly heapKb: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
  readonly timers: number;
  readonly residentMb: number;
}

/** Its beats tell the time of the week. */
class WeekPanel extends FakePanel {
  passedMs = 0;

  override get wall(): number {
    return beganWall + this.passedMs;
  }
}

export async function panelWeek({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  say('the panel is built');
  buildPanel();
  const browser = await openChromium();
  const panel = new WeekPanel();
  try {
    const page = await openPage(browser, panel);
    return await live(browser, page, panel, quick ? weekSteps / 10 : weekSteps, say);
  } finally {
    await browser.close();
    await panel.close();
  }
}

async function openPage(browser: Browser, panel: WeekPanel): Promise<Page> {
  panel.site = { ...aTown(), points: [...aTown().points, ...aSite().points] };
  const numbers = panel.site.points.filter(({ physicalUnit }) => physicalUnit !== null).map(({ id }) => id);
  const points = panel.site.points.map(({ id }) => {
    const value = numbers.includes(id) ? 3.2 : 'normal';
    return [id, { id, value, quality: 'good' as const, reason: null, wall: panel.wall }] as const;
  });
  panel.state = withADay({ ...aState(), points: Object.fromEntries(points) });
  panel.me = { ...panel.me, user: 'li', level: 2 };
  const url = await panel.open();
  const context = await browser.newContext({ viewport: { width: 1024, height: 600 } });
  await makeTimeRun(context, stepMs);
  const page = await context.newPage();
  const entries = Array.from({ length: 50 }, (_, n) => anEntry({ id: `e-${n}`, position: n }));
  await page.route('**/api/v1/history', (route) => route.fulfill({ json: { entries, next: null, tookMs: 1 } }));
  await page.route('**/api/v1/map', (route) => route.fulfill({ json: { plans: [], photos: [], revision: 0 } }));
  await page.route('**/api/v1/health', (route) => route.fulfill({ json: {} }));
  await page.goto(url);
  await page.waitForSelector('.shell[data-contact="live"]');
  // From the first touch on it may sound.
  await page.keyboard.press('Shift');
  return page;
}

async function live(
  browser: Browser,
  page: Page,
  panel: WeekPanel,
  steps: number,
  say: BenchOptions['say'],
): Promise<readonly Result[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const feed = new WeekFeed(new Chance('week of a panel'), panel.state);
  const looks = new Map<number, Held>([0.1, 0.5, 1].map((share) => [Math.round(share * steps), nothing]));
  const beganMono = performance.now();
  let [drops, screen] = [0, 0];
  for (let at = 1; at <= steps; at++) {
    // All of an alarm, and its day on the list of incidents is the same all week.
    const isCalm = [...looks.keys()].some((look) => look >= at && look - at < 2 * alarmSteps);
    panel.passedMs = at * stepMs;
    panel.patch(...feed.next(isCalm));
    if (at % chunk === 0) await heard(page, at - aheadMax);
    if (at % perHour === perHour / 2) {
      drops += 1;
      await drop(page, panel, at, drops % 6 === 0);
    }
    if (at % perHour === 0) {
      await heard(page, at);
      await show(page, screens[screen++ % screens.length] ?? '/');
    } else if (at % perHour === perHour / 4) {
      await heard(page, at);
      await show(page, '/');
    }
    if (!looks.has(at)) continue;
    await heard(page, at);
    await show(page, '/');
    await sleep(restMs);
    const held = await count(browser, cdp, page);
    looks.set(at, held);
    say(
      `${Math.round((100 * at) / steps)} %, ${Math.round((performance.now() - beganMono) / 1000)} s: ${JSON.stringify(held)}`,
    );
  }
  return resultsOf([...looks.values()], steps, drops);
}

const nothing: Held = { objectsKb: 0, heapKb: 0, nodes: 0, listeners: 0, documents: 0, timers: 0, residentMb: 0 };

/** Until the page has heard that event. */
async function heard(page: Page, event: number): Promise<void> {
  while ((await seenEvent(page)) < event) await sleep(5);
}

/** The stream ends and is opened anew; `isLong`: and the page hears nothing until it has given up, again and again. */
async function drop(page: Page, panel: WeekPanel, at: number, isLong: boolean): Promise<void> {
  await heard(page, at);
  if (isLong) {
    panel.isMute = true;
    panel.drop();
    for (let ms = 0; ms < silenceMs; ms += 250) await letPass(page, 250);
    if ((await page.locator('.lost').count()) === 0)
      throw new Error('the page does not say that it has lost the gateway');
    panel.isMute = false;
  }
  panel.drop();
  await page.evaluate('window.benchSeen = -1');
  await heard(page, at);
  await page.waitForSelector('.shell[data-contact="live"]');
  await sleep(settleMs);
}

async function show(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`);
  await sleep(settleMs);
}

async function count(browser: Browser, cdp: CDPSession, page: Page): Promise<Held> {
  for (let turn = 0; turn < 3; turn++) {
    await cdp.send('HeapProfiler.collectGarbage');
    await sleep(100);
  }
  const objectsKb = Math.round((await objectBytes(cdp)) / 1024);
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const figure = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  return {
    objectsKb,
    heapKb: Math.round(figure('JSHeapUsedSize') / 1024),
    nodes: figure('Nodes'),
    listeners: figure('JSEventListeners'),
    documents: figure('Documents'),
    timers: await timersOf(page),
    residentMb: await residentMb(browser),
  };
}

/** Of the largest process that draws pages. */
async function residentMb(browser: Browser): Promise<number> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  const sizes = processInfo.map(({ type, id }) =>
    type === 'renderer' ? Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) : 0,
  );
  return Math.round(Math.max(...sizes) / 1024);
}

function resultsOf(looks: readonly Held[], steps: number, drops: number): readonly Result[] {
  const [tenth = nothing, half = nothing, whole = nothing] = looks;
  const grown = (of: keyof Held): number => whole[of] - tenth[of];
  const detail = (of: keyof Held) => ({ 'at 10 %': tenth[of], 'at 50 %': half[of], 'at the end': whole[of] });
  const part = 'week';
  const days = round((steps * stepMs) / 86_400_000);
  return [
    {
      ...{ part, what: `objects of the page, more at the end than at a tenth of ${days} days`, unit: ' kB' },
      ...{ value: grown('objectsKb'), limit: { atMost: objectsGrowthMaxKb } },
      detail: { ...detail('objectsKb'), heads: steps, drops },
    },
    {
      ...{ part, what: 'whole heap more', unit: ' kB' },
      ...{ value: grown('heapKb'), limit: { atMost: heapGrowthMaxKb } },
      detail: { ...detail('heapKb'), 'resident MB': `${tenth.residentMb}, ${half.residentMb}, ${whole.residentMb}` },
    },
    {
      ...{ part, what: 'nodes more', unit: '', value: grown('nodes'), limit: { atMost: nodesGrowthMax } },
      detail: detail('nodes'),
    },
    {
      ...{ part, what: 'listeners more', unit: '', value: grown('listeners'), limit: { atMost: listenersGrowthMax } },
      detail: { ...detail('listeners'), 'timers more': grown('timers') },
    },
    { part, what: 'documents more', unit: '', value: grown('documents'), limit: { atMost: 0 } },
  ];
}
