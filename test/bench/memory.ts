/**
 * Resident memory of the gateway as it is installed and as its unit starts it: with 1,000 points, without and with the panel (nobody
 * looks, five look, after a page of history), and at the peak while 100,000 rows drain to a real Mosquitto. `GENGFU_BENCH_NODE` names
 * another node, `GENGFU_BENCH_DIST` another build to run it with.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BootId, brandId, type EntryId, type EpochId } from '../../config/ids.js';
import type { Entry } from '../../sync/journal/entry.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { PlainSubscriber } from '../soak/plain-subscriber.js';
import { type MemorySite, startMeters, writeMemorySite } from './memory-site.js';
import { openStreams, readHistory } from './panel-client.js';
import { type BenchOptions, median, type Result, round } from './result.js';

const settleMs = 60_000;
const quickSettleMs = 10_000;
/** The reader's thread ends a minute after its last question. */
const readerGoneMs = 75_000;
const streams = 5;
const turns = 3;
const sampleMs = 50;
const batchRows = 500;
const drainMaxMs = 300_000;
const watchingMaxMb = 120;
const drainingMaxMb = 160;

export async function memory({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-memory-'));
  const node = process.env['GENGFU_BENCH_NODE'] ?? process.execPath;
  const version = execFileSync(node, ['--version']).toString().trim();
  const meters = await startMeters();
  const broker = await startMosquitto(folder);
  const site = { folder, id: 'plain', lines: meters.ports, broker: broker.port, panel: null };
  try {
    const seen: WatchedMb[] = [];
    for (let turn = 1; turn <= (quick ? 1 : turns); turn++) {
      say(`1,000 points on ${version}, without and with the panel, turn ${turn}`);
      seen.push(await watchBoth(node, site, quick ? quickSettleMs : settleMs));
    }
    const rows = quick ? 10_000 : 100_000;
    say(`${rows} rows are written`);
    const file = writeMemorySite(site);
    fill(path.join(folder, 'data'), rows);
    say('and drained');
    const draining = await drain(node, file, broker.port, rows);
    const watched = (what: string, pick: (mb: WatchedMb) => number): Result => ({
      ...{ part: 'memory', what: `resident with 1,000 points, ${what}, ${version}`, unit: ' MB' },
      ...{ value: median(seen.map(pick)), limit: { atMost: watchingMaxMb } },
      detail: { each: seen.map((mb) => round(pick(mb))).join(' ') },
    });
    return [
      watched('no panel', ({ plain }) => plain),
      watched('panel', ({ panel }) => panel),
      watched(`panel and ${streams} streams`, ({ withStreams }) => withStreams),
      watched('panel, after a page of history', ({ afterHistory }) => afterHistory),
      {
        ...{
          part: 'memory',
          what: `resident at the peak of a drain of ${rows} rows, no panel, ${version}`,
          unit: ' MB',
        },
        ...{ value: draining.peakMb, limit: { atMost: drainingMaxMb } },
        detail: { 'rows/s': round((rows / draining.tookMs) * 1000) },
      },
    ];
  } finally {
    broker.child.kill('SIGKILL');
    meters.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface WatchedMb {
  readonly plain: number;
  readonly panel: number;
  readonly withStreams: number;
  readonly afterHistory: number;
}

/** Two villages beside each other, one of them with a panel. */
async function watchBoth(node: string, site: MemorySite, afterMs: number): Promise<WatchedMb> {
  const folders = ['plain', 'panel'].map((name) => path.join(site.folder, name));
  for (const folder of folders) mkdirSync(folder);
  const [plainFolder = '', panelFolder = ''] = folders;
  const panelPort = await freePort();
  const [plain, panel] = await Promise.all([
    watch(node, writeMemorySite({ ...site, folder: plainFolder })),
    watch(node, writeMemorySite({ ...site, folder: panelFolder, id: 'panel', panel: panelPort })),
  ]);
  try {
    await sleep(afterMs);
    const mb = { plain: residentMb(plain), panel: residentMb(panel) };
    const close = await openStreams(panelPort, streams);
    await sleep(afterMs / 2);
    const withStreams = residentMb(panel);
    close();
    await readHistory(panelPort);
    await sleep(readerGoneMs);
    return { ...mb, withStreams, afterHistory: residentMb(panel) };
  } finally {
    await Promise.all([end(plain), end(panel)]);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** Node's flags as the launcher reads them, and the environment as systemd gives it. */
export function unitFileStart(): { readonly flags: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const unit = readFileSync(path.resolve('systemd/gengfu.service'), 'utf8');
  const flags = readFileSync(path.resolve('systemd/node-flags'), 'utf8').trim().split('\n');
  const env = [...unit.matchAll(/^Environment=(\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]);
  return { flags, env: Object.fromEntries(env) };
}

function startGateway(node: string, site: string, more: readonly string[] = []): ChildProcess {
  const cli = path.resolve(process.env['GENGFU_BENCH_DIST'] ?? 'dist', 'gateway/cli/gengfu.js');
  const { flags, env } = unitFileStart();
  return spawn(node, [...flags, cli, 'run', '--config', site, ...more], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
}

/** Resolves once every point was looked at. */
async function watch(node: string, site: string): Promise<ChildProcess> {
  const gateway = startGateway(node, site, ['--json']);
  await new Promise<void>((resolve, reject) => {
    gateway.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('"site.scanned"')) resolve();
    });
    gateway.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
  });
  return gateway;
}

async function drain(node: string, site: string, brokerPort: number, rows: number) {
  let heard = 0;
  const subscriber = await PlainSubscriber.open(brokerPort, 'memory-bench', 'gengfu/#', (topic) => {
    if (topic.includes('/report/')) heard++;
  });
  const gateway = startGateway(node, site);
  gateway.stdout?.resume();
  let peakMb = 0;
  let beganMono = 0;
  const deadlineMono = performance.now() + drainMaxMs;
  while (heard < rows) {
    if (gateway.exitCode !== null || performance.now() > deadlineMono) throw new Error(`only ${heard} rows arrived`);
    if (heard > 0 && beganMono === 0) beganMono = performance.now();
    peakMb = Math.max(peakMb, residentMb(gateway));
    await sleep(sampleMs);
  }
  const tookMs = performance.now() - beganMono;
  await end(gateway);
  subscriber.close();
  return { peakMb, tookMs };
}

function residentMb({ pid }: ChildProcess): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}

async function end(gateway: ChildProcess): Promise<void> {
  const ended = once(gateway, 'exit');
  gateway.removeAllListeners('exit');
  gateway.kill('SIGTERM');
  await Promise.race([once(gateway, 'exit'), sleep(15_000)]);
  void ended.catch(() => undefined);
  gateway.kill('SIGKILL');
}

/** As many rows as a village that was long without a line has. */
function fill(dataDir: string, rows: number): void {
  mkdirSync(dataDir, { recursive: true });
  const file = new SqliteFile(path.join(dataDir, 'journal.db'));
  const epoch = file.open(brandId<EpochId>('bench0epoch')).epoch;
  const entry = (n: number): Entry => ({
    ...{ id: brandId<EntryId>(`${epoch}-bench-${n}`), epoch, boot: brandId<BootId>('bench'), lane: 'journal' },
    ...{
      kind: 'alarm.raised',
      class: 'supervisory',
      subject: `point:valve-${n % 100}/contact`,
      alarm: null,
      zone: null,
    },
    words: { zh: '监管：消防泵房 总阀关闭', en: 'SUPERVISORY: pump house, main valve closed' },
    ...{ origin: null, detail: { value: 'closed', confirmed: true, frame: n }, mono: n, wall: 1_796_000_000_000 + n },
    clock: 'trusted',
  });
  for (let from = 0; from < rows; from += batchRows) {
    const entries = Array.from({ length: Math.min(batchRows, rows - from) }, (_, i) => entry(from + i));
    file.append({ entries, facets: [] });
  }
  file.close();
}

async function startMosquitto(folder: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const port = await freePort();
  const config = path.join(folder, 'mosquitto.conf');
  const settings = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence false'];
  writeFileSync(config, [...settings, 'max_inflight_messages 0', 'max_queued_messages 0', ''].join('\n'));
  const child = spawn('mosquitto', ['-c', config, '-v'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
  });
  await new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes(' running')) resolve();
    });
  });
  return { child, port };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
