/**
 * `npm run soak -- kill [--kills 300] [--minutes M] [--seed N] [--json]`: a gateway process is killed −9 at random moments of its life, under load, with a
 * real Mosquitto that is killed and stopped, and a network that stands still, loses answers and is cut. In the end everything that is in
 * the journal file must have arrived, and nothing else.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ask } from '../../gateway/cli/ask-gateway.js';
import type { ControlStatus } from '../../gateway/command/control-socket.js';
import { seeded } from '../drivers/rig.js';
import { Child, killAll } from '../process/child.js';
import { temporaryFolder } from '../process/rig.js';
import { BadLink, type LinkDeed } from './bad-link.js';
import { DistrictEar } from './district-ear.js';
import { type FileRow, isGood, judge, type Verdict } from './kill-verdict.js';

/** State changes of sensors in a second; about as many entries. */
const loadPerS = 150;
/** A life lasts at most so long from its first word on. */
const lifeMaxMs = 2_200;
/** One life in so many ends before that, at some moment of its start. */
const unbornEvery = 6;
const unbornMaxMs = 1_000;
const firstWordMaxMs = 20_000;
/** One life in so many is long enough for the gateway itself to find out that its link is half open (no PUBACK for 10 s). */
const longEvery = 60;
const longFreezeMs = 11_000;
/** In one life in so many the disk hangs for 3 s, so that fires are told from memory; the kill comes before, in or after that. */
const stallEvery = 15;
const stallAtMs = 1_500;
const stallLifeMaxMs = 7_000;
const orderEveryMs = 180;
const drainMaxMs = 180_000;
const quietMs = 2_000;

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** No further life begins after so long. */
  readonly minutes: number;
  readonly asJson: boolean;
}

interface Counts {
  kills: number;
  brokerKills: number;
  brokerStops: number;
  freezes: number;
  lostAnswers: number;
  delays: number;
  cuts: number;
  orders: number;
  stalls: number;
  /** Lives that ended before the gateway had said anything. */
  unborn: number;
}

/** True when nothing was lost, invented, altered or out of order. */
export async function soakKill({ kills, seed, minutes, asJson }: KillOptions): Promise<boolean> {
  const beganMs = performance.now();
  const folder = temporaryFolder();
  const soak = await KillSoak.open(folder.path, seed);
  try {
    for (let n = 1; n <= kills && performance.now() - beganMs < minutes * 60_000; n++) {
      await soak.live(n);
      if (n % 20 === 0) say(`${n} of ${kills} kills, ${soak.heardCount} reports heard`);
    }
    say('draining what is left');
    await soak.drain();
    const verdict = soak.judge();
    const tookS = (performance.now() - beganMs) / 1000;
    process.stdout.write(
      asJson ? toJson(soak.counts, verdict, seed, tookS) : toText(soak.counts, verdict, seed, tookS),
    );
    const good = isGood(verdict);
    if (!good) process.stdout.write(`  again: npm run soak -- kill --kills ${kills} --seed ${seed}\n`);
    return good;
  } finally {
    await killAll();
    await soak.close();
    folder.remove();
  }
}

class KillSoak {
  readonly counts: Counts = {
    ...{
      kills: 0,
      brokerKills: 0,
      brokerStops: 0,
      freezes: 0,
      lostAnswers: 0,
      delays: 0,
      cuts: 0,
      orders: 0,
      stalls: 0,
      unborn: 0,
    },
  };
  readonly #stamped = new Set<string>();
  readonly #durable = new Set<string>();
  readonly #random: () => number;
  #drainedTo = 0;

  private constructor(
    private readonly dataDir: string,
    private readonly ear: DistrictEar,
    private readonly link: BadLink,
    private readonly seed: number,
  ) {
    this.#random = seeded(seed);
  }

  static async open(folder: string, seed: number): Promise<KillSoak> {
    const dataDir = path.join(folder, 'data');
    const brokerDir = path.join(folder, 'broker');
    for (const each of [dataDir, brokerDir]) mkdirSync(each);
    const ear = await DistrictEar.open(brokerDir);
    return new KillSoak(dataDir, ear, await BadLink.open(ear.port), seed);
  }

  get heardCount(): number {
    return this.ear.heard.length;
  }

  /** One gateway, from its start to its kill. */
  async live(n: number): Promise<void> {
    const isLong = n % longEvery === 0;
    const isUnborn = n % unbornEvery === 1;
    const isStalled = n % stallEvery === 0;
    const lifeMaxOf = isStalled ? stallLifeMaxMs : isUnborn ? unbornMaxMs : lifeMaxMs;
    const lifeMs = isLong ? longFreezeMs + 3_000 : this.#between(isStalled ? 2 * stallAtMs : 0, lifeMaxOf);
    const child = this.#start(n, loadPerS, isStalled ? stallAtMs : 0);
    if (isStalled) this.counts.stalls++;
    if (!isUnborn) await child.line(() => true, firstWordMaxMs);
    const end = performance.now() + lifeMs;
    const troubles = [this.#trouble(lifeMs, isLong), this.#brokerTrouble(lifeMs)];
    while (performance.now() < end) {
      await sleep(Math.min(this.#between(orderEveryMs / 2, orderEveryMs * 1.5), Math.max(1, end - performance.now())));
      if (performance.now() < end) void this.#order();
    }
    child.kill('SIGKILL');
    await child.exited;
    this.counts.kills++;
    this.#note(child);
    await Promise.all(troubles);
  }

  /** A gateway whose sensors stand still, on a sound network, until nothing more comes. */
  async drain(): Promise<void> {
    const child = this.#start(0, 0, 0);
    const end = performance.now() + drainMaxMs;
    let before = -1;
    let missing = Number.POSITIVE_INFINITY;
    while (performance.now() < end && (missing > 0 || before !== this.heardCount)) {
      before = this.heardCount;
      await sleep(quietMs);
      const arrived = new Set(this.ear.heard.flatMap(({ id, durable }) => (durable ? [id] : [])));
      missing = this.#rows().filter(
        ({ id, lane }) => (lane === 'fire' || lane === 'journal') && !arrived.has(id),
      ).length;
      say(`${missing} rows on their way`);
    }
    child.kill('SIGTERM');
    await child.exited;
    await sleep(200);
    this.#note(child);
  }

  judge(): Verdict {
    const said = { stamped: this.#stamped, durable: this.#durable };
    return judge(this.#rows(), this.ear.heard, said, this.#drainedTo);
  }

  async close(): Promise<void> {
    await this.ear.endBroker('SIGTERM');
    this.link.close();
  }

  #start(n: number, load: number, stallMs: number): Child {
    const program = path.join(import.meta.dirname, `kill-gateway${path.extname(import.meta.filename)}`);
    const args = [program, this.dataDir, this.link.port, this.seed + n, load, stallMs].map(String);
    return new Child('gateway', process.execPath, args);
  }

  async #trouble(lifeMs: number, isLong: boolean): Promise<void> {
    const isSpared = this.#random() < 0.35;
    const atMs = isLong ? 2_000 : this.#between(0, lifeMs);
    const deed = isLong ? ({ do: 'freeze', forMs: longFreezeMs } as const) : this.#deed();
    if (isSpared && !isLong) return;
    await sleep(atMs);
    this.link.do(deed);
    if (deed.do === 'freeze') this.counts.freezes++;
    else if (deed.do === 'lose-answers') this.counts.lostAnswers++;
    else if (deed.do === 'delay-answers') this.counts.delays++;
    else this.counts.cuts++;
    if ('forMs' in deed) await sleep(deed.forMs + 20);
  }

  #deed(): LinkDeed {
    const forMs = this.#between(100, 1_500);
    const dice = this.#random();
    if (dice < 0.3) return { do: 'freeze', forMs };
    if (dice < 0.6) return { do: 'lose-answers', forMs: forMs / 5 };
    if (dice < 0.8) return { do: 'delay-answers', byMs: this.#between(20, 400), forMs };
    return { do: dice < 0.9 ? 'reset' : 'end' };
  }

  async #brokerTrouble(lifeMs: number): Promise<void> {
    const [dice, atMs, awayMs] = [this.#random(), this.#between(0, lifeMs), this.#between(0, 400)];
    if (dice > 0.25) return;
    await sleep(atMs);
    const isKill = dice < 0.15;
    if (isKill) this.counts.brokerKills++;
    else this.counts.brokerStops++;
    await this.ear.endBroker(isKill ? 'SIGKILL' : 'SIGTERM');
    this.link.isClosed = true;
    await sleep(awayMs);
    await this.ear.startBroker();
    this.link.isClosed = false;
  }

  /** Somebody on the box acknowledges, silences or resets what he sees. */
  async #order(): Promise<void> {
    const dice = this.#random();
    const verb = dice < 0.6 ? 'reset' : dice < 0.8 ? 'acknowledge' : 'silence';
    try {
      const { boot, order } = (await ask(this.dataDir, { ask: 'status' })) as ControlStatus;
      await ask(this.dataDir, { ask: verb, boot, order, user: 'soak' });
      this.counts.orders++;
    } catch {
      // No gateway runs at this moment, or it was killed before it answered.
    }
  }

  #note(child: Child): void {
    if (child.lines.length === 0) this.counts.unborn++;
    if (child.errors.length > 0) throw new Error(`the gateway says: ${child.errors.slice(0, 5).join('\n')}`);
    for (const line of child.lines) {
      // The kill may have cut the last one.
      const [, is, id] = /^\{"is":"(entry|durable)","id":"([^"]+)"/.exec(line) ?? [];
      if (id !== undefined) (is === 'durable' ? this.#durable : this.#stamped).add(id);
    }
  }

  #rows(): readonly FileRow[] {
    const db = new Database(path.join(this.dataDir, 'journal.db'), { readonly: true });
    const select = db.prepare(
      'SELECT position, epoch, sequence, id, lane, kind, class, subject FROM entries ORDER BY position',
    );
    const rows = select.all() as FileRow[];
    db.close();
    return rows;
  }

  #between(low: number, high: number): number {
    return Math.round(low + this.#random() * (high - low));
  }
}

function toText(counts: Counts, verdict: Verdict, seed: number, tookS: number): string {
  const { rows, carriedRows, heard, duplicates, toldNotKept, ...bad } = verdict;
  const { kills, brokerKills, brokerStops, freezes, lostAnswers, delays, cuts, orders, stalls, unborn } = counts;
  const list = (name: string, ids: readonly string[]): string =>
    `${name} ${ids.length}${ids.length === 0 ? '' : ` (${ids.slice(0, 5).join(', ')} …)`}`;
  return [
    `kill: ${kills} kills (${unborn} before a word), broker killed ${brokerKills} and stopped ${brokerStops} times, link frozen ${freezes},`,
    `  answers lost ${lostAnswers} and delayed ${delays} times, cut ${cuts} times, disk hung ${stalls} times, ${orders} orders; ${tookS.toFixed(0)} s (seed ${seed})`,
    `  ${rows} rows, ${carriedRows} to be told; ${heard} reports heard, ${duplicates} of them again, ${toldNotKept} told from memory and not kept`,
    `  ${list('lost', bad.lost)}, ${list('invented', bad.invented)}, ${list('said to be durable and gone', bad.unkept)}, ${list('altered', bad.altered)}, ${list('out of order', bad.outOfOrder)}, ${list('unlinked', bad.unlinked)}, holes ${bad.holes}`,
    '',
  ].join('\n');
}

function toJson(counts: Counts, verdict: Verdict, seed: number, tookS: number): string {
  const { lost, invented, unkept, altered, outOfOrder, unlinked, ...figures } = verdict;
  const sizes = { lost, invented, unkept, altered, outOfOrder, unlinked };
  const bad = Object.fromEntries(Object.entries(sizes).map(([name, ids]) => [name, ids.length]));
  return `${JSON.stringify({ what: 'kill', seed, ...counts, ...figures, ...bad, tookS })}\n`;
}

function say(text: string): void {
  process.stderr.write(`  … kill: ${text}\n`);
}
