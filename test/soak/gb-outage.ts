/**
 * `npm run soak -- gb-outage [--rows 100000] [--json]`: a week's outage drains to a centre of GB/T 26875.3 over a real socket, with fires
 * raised in between and the process killed −9 in the middle. Everything arrives, in order, and what comes twice lay in the window.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SystemClock } from '../../drivers/clock.js';
import { GbCentre } from '../../hardware-sim/centre26875/gb-centre.js';
import type { HeardObject } from '../../hardware-sim/centre26875/heard-frames.js';
import { startTcpServer } from '../../hardware-sim/net/tcp-server.js';
import { Child, killAll } from '../process/child.js';
import { temporaryFolder } from '../process/rig.js';

const fireState = 3;
const fires = 20;
const fireMaxMs = 1_000;
/** Windows that a pump may have unconfirmed, and frames that are sent and not yet counted by the saved position. */
const positionsSavedEveryMs = 1_000;
const drainMaxMs = 600_000;

export interface GbOutageOptions {
  readonly rows: number;
  readonly asJson: boolean;
}

/** True when nothing was lost or out of order, and each fire was there within a second. */
export async function gbOutage({ rows, asJson }: GbOutageOptions): Promise<boolean> {
  const folder = temporaryFolder();
  const centre = new GbCentre({ clock: new SystemClock() });
  const server = await startTcpServer({ server: centre, port: 0 });
  const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'gb-outage-process.js');
  const begin = async (): Promise<Child> => {
    const child = new Child('gateway', process.execPath, [
      program,
      folder.path,
      String(server.port),
      String(rows),
      '1',
    ]);
    await child.line((line) => line === 'ready', drainMaxMs);
    return child;
  };
  let bytes = 0;
  const toldMono = new Map<string, number>();
  let distinct = 0;
  centre.onHeard(({ frame, adu, isResend }) => {
    bytes += 30 + (frame?.adu.length ?? 0);
    if (adu?.type !== 2 || isResend) return;
    for (const { componentAddress = '' } of adu.objects) {
      if (toldMono.has(componentAddress)) continue;
      toldMono.set(componentAddress, performance.now());
      distinct += 1;
    }
  });
  const until = async (count: number): Promise<void> => {
    const limitMs = performance.now() + drainMaxMs;
    while (distinct < count && performance.now() < limitMs) await sleep(20);
  };
  const took: number[] = [];
  try {
    let child = await begin();
    const beganMs = performance.now();
    await until(rows / 2);
    child.kill('SIGKILL');
    await child.exited;
    const killedMs = performance.now();
    child = await begin();
    const againMs = performance.now();
    await until(rows / 2 + 1_000);
    for (let n = 0; n < fires; n++) {
      const askedMs = performance.now();
      const before = firesOf(centre).length;
      child.say('fire');
      while (firesOf(centre).length === before && performance.now() - askedMs < 10_000) await sleep(2);
      took.push(performance.now() - askedMs);
    }
    await until(rows + fires);
    // The last confirmation may be on its way.
    await sleep(500);
    const drainedS = (performance.now() - beganMs - (againMs - killedMs)) / 1000;
    const told = centre.heard.fresh(2);
    const others = told.filter(({ object }) => object.state !== fireState).map(placeOf);
    const { repeats, uploads } = centre.heard.counts;
    const figures = {
      ...{ rows, told: others.length, fires: firesOf(centre).length, 'entries/s': Math.round(rows / drainedS) },
      ...{
        'drain s': Math.round(drainedS * 10) / 10,
        frames: uploads,
        'bytes/entry': Math.round((bytes / rows) * 10) / 10,
      },
      ...{ 'told twice over the kill': repeats, 'slowest fire ms': Math.round(Math.max(...took)) },
      'out of order': others.filter((place, at) => place <= (others[at - 1] ?? 0)).length,
      unconfirmed: told.filter(({ isConfirmed }) => !isConfirmed).length,
    };
    const isGood =
      figures.told === rows &&
      figures.fires === fires &&
      figures['out of order'] === 0 &&
      figures.unconfirmed === 0 &&
      figures['slowest fire ms'] <= fireMaxMs &&
      repeats <= (figures['entries/s'] * positionsSavedEveryMs) / 1000 + 2_000;
    process.stdout.write(
      asJson
        ? `${JSON.stringify({ name: 'gb-outage', ...figures, isGood })}\n`
        : `gb-outage: ${isGood ? 'well' : 'NOT WELL'}\n${Object.entries(figures)
            .map(([what, value]) => `  ${what}: ${value}\n`)
            .join('')}`,
    );
    child.kill('SIGKILL');
    await child.exited;
    return isGood;
  } finally {
    await killAll();
    await server.stop();
    folder.remove();
  }
}

function firesOf(centre: GbCentre): readonly HeardObject[] {
  return centre.heard.objects.filter(({ object, isRepeat }) => object.state === fireState && !isRepeat);
}

function placeOf({ object }: HeardObject): number {
  return Buffer.from(object.componentAddress ?? '', 'hex').readUInt32LE(0);
}
