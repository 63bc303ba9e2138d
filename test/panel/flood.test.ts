/** A thousand sockets at the panel of the demo village, its real gateway and the panel's real thread: the siren does not notice. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { streamsMax } from '../../gateway/panel/server/live.js';
import { freePort } from '../free-port.js';
import { Child, killAll } from '../process/child.js';

const soon = { interval: 10, timeout: 30_000 };
const floodMax = 1000;
/** Seconds on a computer with nothing else to do; two minutes is one that is not fit for it. */
const startMaxMs = 90_000;
const wholeMaxMs = 150_000;
/** Of `http-server.ts`. */
const connectionsMax = 200;
/** Measured: 2 to 5. */
const growthMaxMb = 40;
/** From the frame that tells of the smoke to the order of the siren: measured 35 to 45 ms with and without them. */
const longerMax = 3;
/** Less than that is a computer that does other things besides. */
const orderedMaxMs = 300;

const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await killAll();
});

interface Seen {
  readonly kind: string;
  readonly ms: number;
  readonly reading?: { readonly pointId: string; readonly value: unknown; readonly sampledMono: number };
  readonly entry?: {
    readonly kind: string;
    readonly subject: string;
    readonly detail: Readonly<Record<string, unknown>>;
  };
}

/** The demo as a process, and what it says. */
class Village {
  readonly #child: Child;
  readonly url: string;

  constructor(private readonly port: number) {
    this.url = `http://127.0.0.1:${port}/`;
    const args = ['dist/hardware-sim/demo/main.js', '--json', '--panel', String(port)];
    this.#child = new Child('demo', process.execPath, args);
  }

  press(key: string): void {
    this.#child.say(key);
  }

  /** The next line from here on that fits. */
  next(fits: (seen: Seen) => boolean): Promise<Seen> {
    return this.#child
      .line((line) => fits(JSON.parse(line)), 30_000, this.#child.lines.length)
      .then((line) => JSON.parse(line));
  }

  ready(): Promise<unknown> {
    return this.#child.line((line) => line.includes('"site.scanned"'), startMaxMs);
  }

  memoryMb(): number {
    const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')) ?? [];
    return Number(kb) / 1024;
  }

  get openFiles(): number {
    return readdirSync(`/proc/${this.#child.pid}/fd`).length;
  }

  /** Smoke in another house; how long after the frame that told it the siren was ordered on. */
  async burn(): Promise<number> {
    const told = this.next(({ kind, reading }) => kind === 'point.changed' && reading?.value === 'alarm');
    const ordered = this.next(
      ({ entry }) => entry?.kind === 'output.commanded' && entry.subject === 'output:siren-village',
    );
    this.press('f');
    return (await ordered).ms - ((await told).reading?.sampledMono ?? 0);
  }

  async quiet(): Promise<void> {
    const off = this.next(
      ({ entry }) => entry?.kind === 'output.commanded' && entry.subject === 'output:siren-village',
    );
    this.press('a');
    this.press('s');
    await off;
  }

  async streams(): Promise<number> {
    const text = await fetch(`${this.url}metrics`).then((answer) => answer.text());
    return Number(/^gengfu_panel_streams (\d+)$/m.exec(text)?.[1]);
  }

  /** One of a thousand; what became of it. */
  flood(n: number): Promise<'stream' | 'refused' | 'waits' | 'closed'> {
    const socket = connect(this.port, '127.0.0.1');
    sockets.push(socket);
    const head = 'GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    return new Promise((resolve) => {
      socket.on('error', () => resolve('closed'));
      socket.on('close', () => resolve('closed'));
      if (n % 4 === 0) socket.on('connect', () => socket.write(`${head}X-Slow: `, () => resolve('waits')));
      else if (n % 4 === 1) socket.on('connect', () => resolve('waits'));
      else {
        socket.on('connect', () => socket.write(`${head}\r\n`));
        socket.once('data', (bytes) => {
          resolve(bytes.toString('latin1').startsWith('HTTP/1.1 200') ? 'stream' : 'refused');
          // Half of the streams never read again.
          if (n % 4 === 2) socket.pause();
        });
      }
    });
  }
}

it(
  'a thousand sockets at once, slow, silent or deaf, delay no siren, take little memory and leave nothing behind',
  async () => {
    const village = new Village(await freePort());
    await village.ready();
    await expect
      .poll(
        () =>
          fetch(village.url).then(
            ({ ok }) => ok,
            () => false,
          ),
        soon,
      )
      .toBe(true);
    const request = get(`${village.url}api/v1/live`, { agent: false });
    request.on('error', () => {});
    const [own] = (await once(request, 'response')) as [IncomingMessage];
    let heard = '';
    own.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    const quietMs = await village.burn();
    await village.quiet();
    const [filesBefore, memoryBefore] = [village.openFiles, village.memoryMb()];

    const outcomes = await Promise.all(Array.from({ length: floodMax }, (_, n) => village.flood(n)));
    const floodedMs = await village.burn();
    const memoryFlooded = village.memoryMb();
    await expect.poll(() => heard, soon).toContain('point:smoke-5/smoke');
    const streams = outcomes.filter((each) => each === 'stream').length;
    expect(streams).toBeGreaterThan(0);
    expect(streams).toBeLessThan(streamsMax);
    expect(outcomes.filter((each) => each === 'closed' || each === 'refused').length).toBeGreaterThan(floodMax / 4);
    expect(village.openFiles).toBeLessThan(filesBefore + connectionsMax);
    expect(memoryFlooded - memoryBefore).toBeLessThan(growthMaxMb);
    expect(floodedMs).toBeLessThan(Math.max(quietMs * longerMax, orderedMaxMs));

    for (const socket of sockets.splice(0)) socket.destroy();
    await expect.poll(() => village.streams().catch(() => null), soon).toBe(1);
    await expect.poll(() => village.openFiles, soon).toBeLessThanOrEqual(filesBefore + 1);
    request.destroy();
  },
  wholeMaxMs,
);
