/** One unit that is asked: on a tty that is opened directly, or on a line of the site, through the gateway that runs there. */
import { randomBytes } from 'node:crypto';
import { loadConfig } from '../../../config/load-config.js';
import type { LineConfig, SiteConfig } from '../../../config/site.js';
import { type Clock, SystemClock } from '../../../drivers/clock.js';
import { DriverError } from '../../../drivers/driver-error.js';
import { loadCodecs } from '../../../drivers/stream/codec-library.js';
import { knownPinDrivers, knownUplinks } from '../../known-parts.js';
import type { AskBlock } from '../../profiles/trial-reader.js';
import { BareLine, bareLineConfig, bareUnit } from '../../wire/bare-line.js';
import { readMax, type WireAnswer } from '../../wire/wire-request.js';
import { ask } from '../ask-gateway.js';
import { refuse } from '../refuse.js';
import { holdFolder } from './open-way.js';
import type { ProfileOptions } from './profile-options.js';

export const exits = { done: 0, wrong: 1, invalid: 2, held: 3, nobody: 4, unanswered: 5 } as const;

export interface UnitOnLine {
  readonly clock: Clock;
  readonly line: LineConfig;
  readonly address: number;
  readonly ask: AskBlock;
  /** The gateway asks for us: fewer registers at once, and no times. */
  readonly isWatched: boolean;
  close(): Promise<void>;
}

/** What a profile knows of how it is reached, for a tty whose settings nobody gave. */
export interface UsualSerial {
  readonly baud: number;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
  readonly slowestReplyMs: number;
}

/** Null, after it was said why and the exit status set. */
export async function unitOnLine(
  options: ProfileOptions,
  usual: UsualSerial,
  device: { readonly config: SiteConfig; readonly line: string; readonly address: number } | null,
): Promise<UnitOnLine | null> {
  const clock = new SystemClock();
  const { port, unit } = options;
  const lineId = device?.line ?? options.line;
  const address = device?.address ?? unit;
  if (address === undefined || (port === undefined) === (lineId === undefined)) {
    return leave(
      options,
      exits.invalid,
      '写 --port 串口 --unit 地址，或 --line 线路 --unit 地址，或站点文件中的设备',
      'give --port TTY --unit ADDRESS, or --line LINE --unit ADDRESS, or a device of the site file',
    );
  }
  if (port !== undefined) {
    const { baud = usual.baud, parity = usual.parity, stopBits = usual.stopBits } = options;
    const format = { baud, dataBits: 8, parity, stopBits: stopBits === 2 ? 2 : 1 } as const;
    const line = bareLineConfig({ kind: 'serial', path: port, format }, timesFor(usual));
    return opened(options, line, address, clock);
  }
  const config = device?.config ?? (await siteOf(options));
  if (config === null) return null;
  const line = config.lines.find((each) => each.id === lineId && each.protocol === 'modbus');
  if (line === undefined) {
    const known = config.lines.map(({ id }) => id).join(', ');
    return leave(
      options,
      exits.invalid,
      `没有 Modbus 线路 ${lineId}；有：${known}`,
      `there is no Modbus line ${lineId}; there are: ${known}`,
    );
  }
  const live: AskBlock = async (block) => {
    const sampledMono = clock.mono();
    const answer = (await ask(config.dataDir, {
      ask: 'wire-read',
      line: line.id,
      unit: address,
      ...block,
    })) as WireAnswer;
    if (answer.wire === 'values')
      return { ok: true, values: answer.values, sampledMono, receivedMono: clock.mono(), frame: 0, confirmed: true };
    const code = answer.wire === 'failed' && answer.code === 'BUS-002' ? 'BUS-002' : 'BUS-001';
    const got = 'why' in answer ? answer.why[options.lang] : null;
    return { ok: false, error: new DriverError(code, `unit ${address}`, got) };
  };
  const isLive = await ask(config.dataDir, { ask: 'status' }).then(
    () => true,
    () => false,
  );
  if (!isLive) {
    // One that does not talk to us (another user's) has the folder, and its lines with it.
    const held = await holdFolder(config, {
      hold: async (site) => (await import('../../main.js')).holdDataFolder(site, clock),
      lang: options.lang,
      err: (text) => void process.stderr.write(text),
    });
    if (held === null) return opened(options, line, address, clock);
    process.exitCode = held;
    return null;
  }
  return { clock, line, address, ask: live, isWatched: true, close: async () => undefined };
}

/** No more at once than the gateway asks for others. */
export function watchedLimits<L extends { readonly maxRead: number; readonly maxBits: number }>(limits: L): L {
  return {
    ...limits,
    maxRead: Math.min(limits.maxRead, readMax.registers),
    maxBits: Math.min(limits.maxBits, readMax.bits),
  };
}

export async function siteOf(options: ProfileOptions): Promise<SiteConfig | null> {
  const codecs = await loadCodecs();
  const loaded = await loadConfig(options.config, { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()] });
  if (loaded.ok) return loaded.config;
  refuse(loaded.problems, options);
  return null;
}

async function opened(
  options: ProfileOptions,
  line: LineConfig,
  address: number,
  clock: Clock,
): Promise<UnitOnLine | null> {
  const { openerOf } = await import('../../main.js');
  const bare = new BareLine({ config: line, open: openerOf(line, clock), clock, random });
  const error = await bare.open();
  if (error === null) {
    const of = bareUnit(address);
    return {
      clock,
      line,
      address,
      ask: (block) => bare.ask(of, { kind: 'read', ...block }),
      isWatched: false,
      close: () => bare.close(),
    };
  }
  await bare.close();
  const isHeld = error.code === 'LINK-003';
  return leave(
    options,
    isHeld ? exits.held : exits.unanswered,
    isHeld
      ? `${error.where} 正被其他程序占用；网关在运行时写 --line 线路`
      : `${error.where} 打不开（${error.code}）：检查设备名和权限`,
    isHeld
      ? `${error.where} is in use by another program; while a gateway runs, give --line LINE`
      : `${error.where} can not be opened (${error.code}): check its name and the permissions`,
  );
}

/** Uniform in 0 ≤ r < 1. */
function random(): number {
  return randomBytes(4).readUInt32LE() / 2 ** 32;
}

/** A slow model is waited for longer than a bare line would. */
function timesFor({ slowestReplyMs }: UsualSerial): { readonly timeoutMs?: number } {
  return slowestReplyMs > 500 ? { timeoutMs: 2 * slowestReplyMs } : {};
}

export function leave(options: Pick<ProfileOptions, 'lang'>, status: number, zh: string, en: string): null {
  process.stderr.write(`${options.lang === 'zh' ? zh : en}\n`);
  process.exitCode = status;
  return null;
}
