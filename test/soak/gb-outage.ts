/**
 * `npm run soak -- gb-outage [--rows 100000] [--pace] [--json]`: a week's outage drains to a centre of GB/T 26875.3 over a real socket, with
 * fires raised in between and the process killed −9 twice. Everything that has words arrives with its time, in order; what comes twice
 * is known for the same, and is no more than the pump promises.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brandId } from '../../config/ids.js';
import { pointTable } from '../../config/uplinks/gb-point-table.js';
import { localOffsetMin, SystemClock } from '../../drivers/clock.js';
import { GbCentre } from '../../hardware-sim/centre26875/gb-centre.js';
import { startTcpServer } from '../../hardware-sim/net/tcp-server.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
import { unsavedMax } from '../../sync/pump/unsaved-rows.js';
import { Child, killAll } from '../process/child.js';
import { temporaryFolder } from '../process/rig.js';
import { hex, type OutageFigures, OutageJudge } from './gb-outage-judge.js';
import { centreId, type OutageSite, outageSite, Standing, siteAndTellings } from './gb-outage-site.js';
import { type Week, weekMs, weekOfEntries } from './week-of-entries.js';

/** When so much has arrived, the process is killed. */
const kills = [0.4, 0.8] as const;
const firesOfALife = 6;
const fireMaxMs = 1_000;
const startMaxMs = 60_000;
/** Without a new word for so long, nothing more will come. */
const stillMaxMs = 60_000;
const lookEveryMs = 20;
const batchMax = 1_000;

export interface GbOutageOptions {
  readonly rows: number;
  /** At the usual pace of the site file. */
  readonly isPaced: boolean;
  readonly asJson: boolean;
}

/** True when nothing was lost or out of order, each fire was there within a second, and no more came twice than is promised. */
export async function gbOutage({ rows, isPaced, asJson }: GbOutageOptions): Promise<boolean> {
  const clock = new SystemClock();
  const folder = temporaryFolder();
  const zoneMin = localOffsetMin(clock.wall());
  const centre = new GbCentre({ clock, zoneMin });
  const server = await startTcpServer({ server: centre, port: 0 });
  const outage = await outageSite(server.port);
  try {
    process.stderr.write('  … two hours of the ancient town on a virtual clock\n');
    const week = await weekOfEntries(rows, clock.wall() - weekMs, centreId);
    await fill(path.join(folder.path, 'journal.db'), week);
    const standing = new Standing(week.facets.flatMap(({ row }) => row ?? []));
    const words = siteAndTellings(outage, clock, standing, { boot: brandId('week'), commands: [] });
    const { entries, facets } = week;
    const judge = new OutageJudge({ ...outage, entries, standing: facets.length, words, zoneMin });
    centre.onHeard((heard) => judge.hear(heard));
    const burning = new Set(facets.map(({ subject }) => subject));
    const drain = new Drain(judge, outage, burning, folder.path, server.port, isPaced ? 'usual' : 'none');
    for (const [life, share] of [...kills, 1].entries()) await drain.live(life, share);
    return conclude(judge, drain, rows, isPaced ? outage.config.pacePerS : Number.POSITIVE_INFINITY, asJson);
  } finally {
    await killAll();
    await server.stop();
    folder.remove();
  }
}

async function fill(file: string, { entries, facets }: Week): Promise<void> {
  const store = new SqliteStore({ path: file, clock: new SystemClock() });
  await store.open(brandId('week'));
  for (let from = 0; from < entries.length; from += batchMax) {
    await store.append({ entries: entries.slice(from, from + batchMax), facets: [] });
  }
  await store.append({ entries: [], facets });
  await store.close();
}

/** The lives of one gateway after another. */
class Drain {
  readonly firesMs: number[] = [];
  readonly figures: OutageFigures[] = [];
  window = 0;
  drainedMs = 0;
  readonly #firePoints: readonly (readonly [id: string, row: Parameters<OutageJudge['untilFire']>[0]])[];

  constructor(
    private readonly judge: OutageJudge,
    { site, config }: OutageSite,
    burning: ReadonlySet<string>,
    private readonly folder: string,
    private readonly port: number,
    private readonly pace: string,
  ) {
    const { ofPoint } = pointTable(site, config);
    this.#firePoints = site.points.flatMap(({ id, class: own }) => {
      const row = own === 'fire' && !burning.has(`point:${id}`) ? ofPoint.get(id)?.row : undefined;
      return row === undefined ? [] : [[id, { ...row, componentAddress: hex(row.address) }] as const];
    });
  }

  /** Until so much has arrived; then it is killed. */
  async live(life: number, share: number): Promise<void> {
    const { judge } = this;
    if (life > 0) judge.nextLife();
    const child = await this.#begin();
    const beganMs = performance.now();
    const before = judge.counts.heard;
    for (let n = 0; n < firesOfALife; n++) {
      // All over its time: the first at once, the last shortly before its end.
      await this.#until(before + (judge.awaited * share - before) * (n / firesOfALife));
      await this.#fire(child, life * firesOfALife + n);
    }
    await this.#until(judge.awaited * share);
    const isLast = share === 1;
    if (isLast) await this.#figure(child, ({ queued }) => queued === 0);
    this.drainedMs += performance.now() - beganMs;
    if (!isLast) await this.#figure(child);
    child.kill('SIGKILL');
    await child.exited;
    for (const error of child.errors) process.stderr.write(`  ${error}\n`);
  }

  async #begin(): Promise<Child> {
    const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'gb-outage-process.js');
    const child = new Child('gateway', process.execPath, [program, this.folder, String(this.port), this.pace]);
    this.window = Number((await child.line((line) => line.startsWith('ready '), startMaxMs)).slice('ready '.length));
    return child;
  }

  async #fire(child: Child, number: number): Promise<void> {
    const [id, at] = this.#firePoints[number] ?? [];
    if (id === undefined || at === undefined) throw new Error(`the site has no ${number} points of class fire`);
    const beganMs = performance.now();
    const heard = this.judge.untilFire(at);
    child.say(`fire ${id}`);
    await Promise.race([heard, sleep(stillMaxMs)]);
    this.firesMs.push(performance.now() - beganMs);
  }

  async #figure(child: Child, isEnough: (figures: OutageFigures) => boolean = () => true): Promise<void> {
    const endMs = performance.now() + stillMaxMs;
    for (;;) {
      const from = child.lines.length;
      child.say('figures');
      const line = await child.line((each) => each.startsWith('figures '), startMaxMs, from);
      const figures = JSON.parse(line.slice('figures '.length)) as OutageFigures;
      if (isEnough(figures) || performance.now() > endMs) {
        this.figures.push(figures);
        return;
      }
      await sleep(lookEveryMs);
    }
  }

  async #until(count: number): Promise<void> {
    const { counts } = this.judge;
    let [last, sinceMs] = [counts.heard, performance.now()];
    while (counts.heard < count && performance.now() - sinceMs < stillMaxMs) {
      await sleep(lookEveryMs);
      if (counts.heard !== last) [last, sinceMs] = [counts.heard, performance.now()];
    }
  }
}

function conclude(judge: OutageJudge, drain: Drain, rows: number, pacePerS: number, asJson: boolean): boolean {
  const { counts, twice, missing, unconfirmed } = judge;
  const bound = drain.window + unsavedMax(pacePerS);
  const sum = (of: (figures: OutageFigures) => number): number =>
    drain.figures.reduce((all, each) => all + of(each), 0);
  const seconds = drain.drainedMs / 1000;
  const figures = {
    ...{
      rows,
      'with words': counts.withWords,
      'without a word': counts.withoutWords,
      'kept on the box': counts.onTheBox,
    },
    ...{
      'objects awaited': judge.awaited,
      missing,
      'out of order': counts.outOfOrder,
      strange: counts.strange,
      unconfirmed,
    },
    ...{ 'words of now': counts.nowWords, 'left in the journal': drain.figures.at(-1)?.queued ?? Number.NaN },
    'told twice after each kill': twice.slice(1).map(({ size }) => size),
    'told twice without one': twice[0]?.size ?? Number.NaN,
    'at most': bound,
    ...{ fires: drain.firesMs.length, 'slowest fire ms': Math.round(Math.max(...drain.firesMs)) },
    'fires told ahead and in their turn': judge.firesTwice,
    ...{ 'drain s': Math.round(seconds * 10) / 10, 'entries/s': Math.round(rows / seconds) },
    ...{ 'bytes/entry': Math.round((counts.bytes / rows) * 10) / 10, 'positions saved': sum(({ saves }) => saves) },
    'MB written': Math.round(sum(({ bytes }) => bytes) / 1e5) / 10,
  };
  const isGood =
    counts.withWords + counts.withoutWords + counts.onTheBox === rows &&
    [missing, counts.outOfOrder, counts.strange, unconfirmed, figures['left in the journal']].every((n) => n === 0) &&
    figures['told twice without one'] === 0 &&
    twice.every(({ size }) => size <= bound) &&
    figures['slowest fire ms'] <= fireMaxMs;
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ name: 'gb-outage', ...figures, isGood })}\n`
      : `gb-outage: ${isGood ? 'well' : 'NOT WELL'}\n${Object.entries(figures)
          .map(([what, value]) => `  ${what}: ${Array.isArray(value) ? value.join(', ') : value}\n`)
          .join('')}`,
  );
  return isGood;
}
