/** Real parts for process tests: pseudo-terminals, a broker, units that are not ours, the built gateway. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { messageFault } from '../sync/topic-schemas.js';
import { Child, waitMaxMs } from './child.js';

export { freePort } from '../free-port.js';

export interface SeenEvent {
  readonly topic: string;
  readonly event: {
    readonly id: string;
    readonly source: string;
    readonly type: string;
    readonly subject: string;
    readonly sequence?: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'gengfu-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Two joined pseudo-terminals, `master` for the gateway and `unit` for whoever answers. */
export async function ptyPair(folder: string): Promise<{ readonly master: string; readonly unit: string }> {
  const master = join(folder, 'master');
  const unit = join(folder, 'unit');
  const pty = (link: string): string => `pty,raw,echo=0,link=${link}`;
  const socat = new Child('socat', 'socat', ['-d', '-d', pty(master), pty(unit)]);
  await waitForError(socat, /starting data transfer loop/);
  return { master, unit };
}

export async function foreignUnits(tty: string): Promise<Child> {
  const child = new Child('pymodbus', '/usr/bin/python3', [resolve('test/foreign-units/pymodbus-units.py'), tty]);
  await child.line((line) => line === 'ready');
  return child;
}

/** @param rules lines of its configuration; left out: everybody may do everything. */
export async function mosquitto(
  folder: string,
  port: number,
  rules: readonly string[] = ['allow_anonymous true'],
): Promise<Child> {
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(config, [`listener ${port} 127.0.0.1`, 'persistence false', ...rules, ''].join('\n'));
  const child = new Child('mosquitto', 'mosquitto', ['-c', config, '-v'], {
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
  });
  await waitForError(child, /running/);
  return child;
}

/** Debian's own subscriber: what the district would see. */
export async function subscriber(broker: Child, port: number): Promise<Child> {
  const args = ['-p', String(port), '-V', 'mqttv5', '-q', '1', '-t', 'gengfu/#', '-F', '%t %p', '-i', 'district'];
  const child = new Child('mosquitto_sub', 'mosquitto_sub', args);
  await waitForError(broker, /Sending SUBACK to district/);
  return child;
}

/** The reports that a subscriber has printed so far. */
export function seenEvents(sub: Child): readonly SeenEvent[] {
  return sub.lines.flatMap((line) => seenIn(line) ?? []);
}

/** The next report (from the n-th line on) that fits. */
export async function event(sub: Child, fits: (seen: SeenEvent) => boolean, limitMs = waitMaxMs): Promise<SeenEvent> {
  const line = await sub.line((text) => {
    const seen = seenIn(text);
    return seen !== null && fits(seen);
  }, limitMs);
  const seen = seenIn(line);
  if (seen === null) throw new Error('unreachable: the line was parsed once');
  return seen;
}

/** Null: no report. Throws when what was heard is not as its schema says. */
function seenIn(line: string): SeenEvent | null {
  const [, topic = '', text = ''] = /^(gengfu\/\S+) (.*)$/.exec(line) ?? [];
  const fault = messageFault(topic, Buffer.from(text));
  if (fault !== null) throw new Error(fault);
  return /\/report\/\S+$/.test(topic) ? { topic, event: JSON.parse(text) as SeenEvent['event'] } : null;
}

export interface SmallSite {
  /** A tty, or `tcp:PORT` for Modbus TCP on this computer. */
  readonly tty: string;
  readonly baud?: number;
  readonly brokerPort: number;
  readonly timeoutMs?: number;
  readonly quarantineMs?: number;
  /** A second line with one smoke unit on this tty. */
  readonly otherTty?: string;
}

/** One line with a smoke unit (5) and a relay unit (6), one siren, one plan, one broker. Returns the site file's path. */
export function writeSmallSite(folder: string, site: SmallSite): string {
  const file = join(folder, 'gateway.yaml');
  const { otherTty, tty, baud = 9600 } = site;
  // With a speed it is a gateway with RTU units behind it.
  const where = tty.startsWith('tcp:')
    ? `transport: tcp, host: 127.0.0.1, port: ${tty.slice('tcp:'.length)}, in_flight: 2, baud: ${baud}, fire_deadline_ms: 4000`
    : `transport: serial, path: ${tty}, baud: ${baud}`;
  const otherLine = otherTty === undefined ? '' : `\n  - {id: other, transport: serial, path: ${otherTty}, baud: 9600}`;
  const otherUnit =
    otherTty === undefined
      ? ''
      : '\n  - {id: smoke-2, profile: generic-smoke-0010, line: other, unit: 1, zone: hall, allow_draft: true}';
  writeFileSync(
    file,
    `version: 1
site: {id: test-village, district: test, name: {zh: 试验村, en: test village}}
data_dir: ./data
lines:
  - {id: main, name: 主线, ${where}, timeout_ms: ${site.timeoutMs ?? 200}, quarantine_ms: ${site.quarantineMs ?? 100}}${otherLine}
zones:
  - {id: hall, name: {zh: 祠堂, en: hall}}
devices:
  - {id: smoke-1, profile: generic-smoke-0010, line: main, unit: 5, zone: hall, place: 正厅, allow_draft: true}
  - {id: relay-1, profile: waveshare-relay8, line: main, unit: 6}${otherUnit}
outputs:
  - {id: siren, name: {zh: 警铃, en: siren}, kind: siren, zone: hall, relay: {device: relay-1, channel: 1}, on_control_lost: keep_sounding}
plans:
  - {id: hall-fire, when: {class: fire, zones: [hall]}, sound: [siren]}
uplinks:
  - {id: district, kind: mqtt, url: "mqtt://127.0.0.1:${site.brokerPort}", mqtt_version: 5}
`,
  );
  return file;
}

/** One simulated line of the site as a process on a pseudo-terminal. */
export async function simulatedLine(siteFile: string, tty: string, lineId = 'main'): Promise<Child> {
  const args = ['--pty', tty, '--config', siteFile, '--line', lineId];
  const child = new Child(`line ${lineId}`, process.execPath, [resolve('dist/hardware-sim/pty-process.js'), ...args]);
  await child.line((line) => line.startsWith('ready'));
  return child;
}

/** The built gateway, printing what it observes. */
export function gateway(siteFile: string, env: NodeJS.ProcessEnv = {}): Child {
  return new Child(
    'gengfu',
    process.execPath,
    [resolve('dist/gateway/cli/gengfu.js'), 'run', '-c', siteFile, '--json'],
    {
      env: { ...process.env, ...env },
    },
  );
}

export interface Observed {
  readonly kind: string;
  readonly entryId?: string;
  readonly tookMs?: number;
  readonly entry?: {
    readonly id: string;
    readonly kind: string;
    readonly class: string | null;
    readonly subject: string;
    readonly alarm: string | null;
    readonly mono: number;
    readonly detail: Readonly<Record<string, unknown>>;
  };
}

/** The first observation of a gateway that fits, from the n-th line on. */
export async function observed(
  child: Child,
  fits: (seen: Observed) => boolean,
  limitMs = waitMaxMs,
): Promise<Observed> {
  const line = await child.line((text) => text.startsWith('{') && fits(JSON.parse(text) as Observed), limitMs);
  return JSON.parse(line) as Observed;
}

export function isEntry(kind: string, subject?: string): (seen: Observed) => boolean {
  return ({ entry }) => entry?.kind === kind && (subject === undefined || entry.subject === subject);
}

async function waitForError(child: Child, pattern: RegExp): Promise<void> {
  await child.errorLine((line) => pattern.test(line));
}
