/**
 * From an alarm to its pixels: the built gateway watches 500 devices, and five pages of Chromium, each of a person of its own, stand on
 * five screens. Measured from the stamp of the entry `alarm.raised` (the moment at which the engine has decided, also the one at which the
 * siren is ordered) until each page has painted the place of the fire; beside it a bare page with a bare event stream in the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { AlarmRow, PanelState } from '../../gateway/panel/api/state.js';
import { freePort } from '../free-port.js';
import { openChromium } from '../panel/page-rig.js';
import { HelperProcess } from './helper-process.js';
import { buildPanel, PanelGateway } from './panel-gateway.js';
import { type Painted, takePainted, watchPaint } from './panel-paint.js';
import { placeOf, smokes, writeVillage } from './panel-village.js';
import { PlainStream } from './plain-stream.js';
import { type BenchOptions, type Result, round } from './result.js';

const limitMs = 300;
const fires = 100;
const quickFires = 12;
/** Not counted: everything is compiled as it runs. */
const warmFires = 3;
const screens = ['/', '/map', '/water', '/history', '/health'] as const;
const viewport = { width: 1024, height: 600 };
/** On the first screen the big state, on all others the strip above. */
const alarmText = '.big-state.of-fire .first-alarm-where, .alarm-strip.of-fire .alarm-strip-where';
const detectedMaxMs = 20_000;
/** Longest wait for the pages to paint. */
const paintMaxMs = 5_000;
const settleMs = 5_000;

export async function panelPixels({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  say('the panel is built');
  buildPanel();
  const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-panel-'));
  const farm = new HelperProcess('panel-farm-process');
  const lines = JSON.parse(await farm.line()) as readonly number[];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const gateway = new PanelGateway(writeVillage(folder, { lines, panel: port }), url);
  const plain = new PlainStream();
  let browser: Browser | null = null;
  try {
    say('everything is asked once');
    await gateway.started();
    browser = await openChromium();
    const bare = await openBare(browser, plain);
    const pages: Page[] = [];
    for (const screen of screens) pages.push(await openPage(browser, url, screen));
    await sleep(settleMs);
    const count = quick ? quickFires : fires;
    say(`${count} fires on ${pages.length} pages`);
    const measured: Fire[] = [];
    for (let n = 0; n < warmFires + count; n++) {
      const fire = await burn(1 + ((n * 7) % smokes), { farm, gateway, pages });
      const reference = await paintBare(bare, plain, n);
      if (n >= warmFires) measured.push({ ...fire, reference });
    }
    return resultsOf(measured);
  } finally {
    await browser?.close();
    plain.close();
    await gateway.end();
    await farm.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long each page took, ms, in the order of the screens; the last part of it in the browser alone. */
interface Fire {
  readonly tookMs: readonly number[];
  readonly drawnMs: readonly number[];
  readonly reference: number;
}

interface Village {
  readonly farm: HelperProcess;
  readonly gateway: PanelGateway;
  readonly pages: readonly Page[];
}

/** One fire, until all is well again. */
async function burn(n: number, { farm, gateway, pages }: Village): Promise<Omit<Fire, 'reference'>> {
  const where = placeOf(n);
  await farm.ask(`fire ${n}`);
  const rowIn = ({ alarms }: PanelState): AlarmRow | undefined =>
    Object.values(alarms).find(({ place }) => place?.zh === where);
  const burning = await gateway.until((state) => rowIn(state) !== undefined, detectedMaxMs);
  const row = rowIn(burning);
  if (row === undefined) throw new Error(`unreachable: ${where} was waited for`);
  const painted = await Promise.all(pages.map((page) => paintedOn(page, where)));
  await farm.ask(`out ${n}`);
  await gateway.until(({ alarms }) => alarms[row.subject]?.isActive === false, detectedMaxMs);
  await gateway.order({ ask: 'acknowledge', boot: burning.head.boot, order: row.order });
  await gateway.order({ ask: 'reset', boot: burning.head.boot, order: row.order });
  await gateway.order({ ask: 'verdict', incident: row.alarm, verdict: 'test' });
  await gateway.until((state) => rowIn(state) === undefined, detectedMaxMs);
  return {
    tookMs: painted.map(({ paintedWall }) => paintedWall - row.raisedWall),
    drawnMs: painted.map(({ drawnWall }) => drawnWall - row.raisedWall),
  };
}

async function paintedOn(page: Page, where: string): Promise<Painted> {
  const endMono = performance.now() + paintMaxMs;
  for (;;) {
    const found = (await takePainted(page)).find(({ text }) => text.includes(where));
    if (found !== undefined) return found;
    if (performance.now() > endMono) throw new Error(`${page.url()} has not painted ${where} in ${paintMaxMs} ms`);
    // Asked seldom: a question is work for the page, too.
    await sleep(200);
  }
}

async function openPage(browser: Browser, url: string, screen: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage();
  await watchPaint(page, alarmText);
  await page.goto(`${url}/#${screen}`);
  await page.waitForSelector('.shell[data-contact="live"]');
  return page;
}

async function openBare(browser: Browser, plain: PlainStream): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage();
  await watchPaint(page, '#line');
  await page.goto(await plain.open());
  while (!plain.isOpened) await sleep(20);
  return page;
}

async function paintBare(page: Page, plain: PlainStream, n: number): Promise<number> {
  const line = `line ${n}.`;
  const saidWall = Date.now();
  plain.say(line);
  return (await paintedOn(page, line)).paintedWall - saidWall;
}

function resultsOf(measured: readonly Fire[]): readonly Result[] {
  const part = 'pixels';
  const all = measured.flatMap(({ tookMs }) => tookMs);
  const reference = measured.map((fire) => fire.reference);
  const p95 = quantile(all, 0.95);
  const bare95 = quantile(reference, 0.95);
  const worst = (at: number): number =>
    quantile(
      measured.flatMap(({ tookMs }) => tookMs[at] ?? []),
      0.95,
    );
  return [
    {
      ...{ part, what: 'alarm raised to painted, 500 devices, 5 pages, p95', unit: ' ms' },
      ...{ value: p95, limit: { atMost: limitMs } },
      detail: {
        ...{ fires: measured.length, 'p50 ms': quantile(all, 0.5), 'longest ms': quantile(all, 1) },
        'in the tree p95 ms': quantile(
          measured.flatMap(({ drawnMs }) => drawnMs),
          0.95,
        ),
        ...Object.fromEntries(screens.map((screen, at) => [`p95 of ${screen}`, worst(at)])),
      },
    },
    {
      ...{ part, what: 'the same of a bare page with one line of a bare stream, p95', unit: ' ms' },
      ...{ value: bare95, limit: null },
      detail: { 'p50 ms': quantile(reference, 0.5), 'longest ms': quantile(reference, 1) },
    },
    { part, what: 'p95, of that of the bare page', value: round(p95 / bare95), limit: null, unit: ' times' },
  ];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
