/** `gengfu address` and `gengfu baud`: a unit is given another address or rate by its profile's recipe, with a person beside it. */
import type { ModbusProfile } from '../../../config/profile-schema.js';
import type { LineConfig, SiteConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import { DriverError } from '../../../drivers/driver-error.js';
import { priorities } from '../../../drivers/modbus/line-queue.js';
import { bareUnit } from '../../wire/bare-line.js';
import { type Moved, type MovePlan, moveUnit } from '../../wire/move-unit.js';
import { movedWords, placeWords } from '../../wire/moved-words.js';
import { type MoveAsk, planMove } from '../../wire/plan-move.js';
import { RetunedLine } from '../../wire/retuned-line.js';
import { refuse } from '../refuse.js';
import { holdFolder } from './open-way.js';
import { bareLineOf, type WireOptions } from './place-options.js';
import { type Exit, exits, say, type WireIo } from './wire-io.js';

/** A lone unit whose address nobody knows. */
const anyUnit = 'any';

export interface MoveIo extends WireIo {
  /** Null: there is no such profile, or it is no Modbus unit. */
  readonly profileOf: (id: string) => Promise<ModbusProfile | null>;
}

/** What is moved, as far as it is known before the line is asked. */
interface Subject {
  readonly config: SiteConfig | null;
  readonly line: LineConfig;
  readonly profileId: string;
  /** Null: `any`. */
  readonly address: number | null;
  /** In the site file. */
  readonly device: string | null;
}

export async function move(kind: 'address' | 'baud', name: string, options: WireOptions, io: MoveIo): Promise<Exit> {
  const { to = Number.NaN } = options;
  const subject = await subjectOf(name, options, io);
  if (typeof subject === 'number') return subject;
  if ('zh' in subject) return refused(io, subject, exits.invalid);
  const { config, line } = subject;
  const profile = await io.profileOf(subject.profileId);
  const baud = line.transport === 'serial' ? line.format.baud : null;
  const change = { kind, to };
  const [why, exit] = earlyRefusal(profile, subject, baud, change, options);
  // Whoever stops a gateway for it shall not find out only then that it can not be done, nor the other way round.
  const held = config === null ? null : await ownFolder(config, [why, exit], io);
  if (held !== null) return held;
  if (profile === null || why !== null) return refused(io, why ?? noProfile(subject), exit);
  const wire = new RetunedLine((rate) => io.make(atRate(line, rate)));
  try {
    const address = subject.address ?? (await askAddress(wire, baud, profile, io));
    if (typeof address !== 'number') return refused(io, address, exits.unanswered);
    const planned = planMove(profile, { from: { address, baud }, change });
    if (!planned.ok) return refused(io, planned.why, exits.refused);
    const { plan } = planned;
    const confirm = (): Promise<boolean> => confirmMove(plan, profile, subject, options, io);
    return tell(io, plan, await moveUnit(plan, { line: wire, clock: io.clock, confirm }), subject, kind);
  } finally {
    await wire.close();
  }
}

/** What can be told before anything is asked on the line; null: nothing stands against it. */
function earlyRefusal(
  profile: ModbusProfile | null,
  subject: Subject,
  baud: number | null,
  change: MoveAsk['change'],
  options: WireOptions,
): readonly [Words | null, Exit] {
  if (profile === null) return [noProfile(subject), exits.invalid];
  const planned = planMove(profile, { from: { address: subject.address ?? 0, baud }, change });
  const crowd = crowdRefusal(subject, profile, change.kind, change.to, options);
  return [crowd ?? (planned.ok ? null : planned.why), exits.refused];
}

function noProfile({ profileId }: Subject): Words {
  return {
    zh: `没有型号文件 ${profileId}，或它不是 Modbus 设备；gengfu check 列出可用的`,
    en: `there is no profile ${profileId}, or it is no Modbus unit`,
  };
}

async function subjectOf(name: string, options: WireOptions, io: MoveIo): Promise<Subject | Words | Exit> {
  const bare = bareLineOf(options);
  if (bare !== null && 'zh' in bare) return bare;
  const address = name === anyUnit ? null : /^[0-9]{1,3}$/.test(name) ? Number(name) : undefined;
  if (bare !== null) {
    const { profile } = options;
    if (address === undefined || profile === undefined)
      return {
        zh: '不用站点文件时，写设备现在的地址（或 any）和 --profile 型号',
        en: 'without a site file give the address of the unit (or any) and --profile ID',
      };
    return { config: null, line: bare, profileId: profile, address, device: null };
  }
  const loaded = await io.load(options.config);
  if (!loaded.ok) {
    refuse(loaded.problems, options);
    return exits.invalid;
  }
  const { config } = loaded;
  const unit = config.units.find((each) =>
    address === undefined ? each.id === name : each.line === options.line && each.address === address,
  );
  const line = config.lines.find(({ id }) => id === (address === undefined ? unit?.line : options.line));
  const profileId = options.profile ?? unit?.profileId;
  if (line === undefined || line.protocol !== 'modbus')
    return address === undefined
      ? { zh: `站点文件中没有设备 ${name}`, en: `the site file has no device ${name}` }
      : { zh: '用 --line 写出一条 Modbus 线路，或用 --port', en: 'name a Modbus line with --line, or give --port' };
  if (profileId === undefined)
    return {
      zh: '站点文件不认识这个设备：写 --profile 型号',
      en: 'the site file does not know this unit: give --profile ID',
    };
  const own = address === undefined ? (unit?.address ?? null) : address;
  return { config, line, profileId, address: own, device: unit?.id ?? null };
}

/** Others that the order could reach, or that have the new address. */
function crowdRefusal(
  { config, line, address, device }: Subject,
  { recipes }: ModbusProfile,
  kind: 'address' | 'baud',
  to: number,
  { alone }: WireOptions,
): Words | null {
  const others = (config?.units ?? []).filter((unit) => unit.line === line.id && unit.id !== device);
  const holder = kind === 'address' ? others.find((unit) => unit.address === to) : undefined;
  if (holder !== undefined)
    return {
      zh: `地址 ${to} 在站点文件中属于 ${holder.id}`,
      en: `address ${to} belongs to ${holder.id} in the site file`,
    };
  const recipe = kind === 'address' ? recipes?.change_address : recipes?.change_baud;
  const reachesAll = address === null || recipe?.alone_on_line === true;
  if (!reachesAll) return null;
  if (address === null && (kind === 'baud' || recipes?.change_address?.universal === undefined))
    return {
      zh: '这个型号没有通用地址：用 gengfu find 找它的地址',
      en: 'this model answers to no universal address: look for its own with gengfu find',
    };
  if (others.length > 0 || alone !== true)
    return {
      zh: `通用地址会问到线上每一台：只接这一台，用 --port 和 --alone（站点文件中这条线另有 ${others.length} 台）`,
      en: `the universal address reaches every unit of a pair: connect this one alone and give --port and --alone (the site file has ${others.length} others on this line)`,
    };
  return null;
}

/** The own address of a lone unit. Only read: what is written goes to the one address that it then told. */
async function askAddress(
  wire: RetunedLine,
  baud: number | null,
  { recipes, timing, exceptions }: ModbusProfile,
  { lang }: MoveIo,
): Promise<number | Words> {
  const universal = recipes?.change_address?.universal;
  const line = await wire.at(baud);
  if (line instanceof DriverError) return { zh: line.message, en: line.message };
  if (universal === undefined) throw new Error(`asked in ${lang} without a universal address`);
  const known = { responseTimeoutMs: timing.response_timeout_ms, exceptionStyle: exceptions.style };
  const request = { kind: 'read', table: 'holding', address: universal.addr, count: 1 } as const;
  const answer = await line.request(bareUnit(universal.address, known), priorities.operator, request);
  const [address = 0] = answer.ok ? answer.values : [];
  if (answer.ok && address >= 1 && address <= 247) return address;
  if (!answer.ok && answer.error.code === 'BUS-006')
    return {
      zh: '通用地址的应答是乱的：线上不止一台。只接一台再试',
      en: 'the answer to the universal address breaks: there is more than one unit. Connect one alone',
    };
  return {
    zh: `通用地址 ${universal.address} 无可用应答：查波特率、接线和供电`,
    en: `no usable answer to the universal address ${universal.address}: check the rate, the wires and the supply`,
  };
}

async function confirmMove(
  { from, to }: MovePlan,
  { names, recipes }: ModbusProfile,
  { line, device }: Subject,
  { yes }: WireOptions,
  io: MoveIo,
): Promise<boolean> {
  const where = line.transport === 'serial' ? line.path : `${line.host}:${line.port}`;
  const power = recipes?.change_address?.power_cycle ?? 'no';
  const who = device === null ? '' : `${device} `;
  const [old, now] = [placeWords(from, to), placeWords(to, from)];
  const told = {
    zh: `${where}：${who}${names.zh}，${old.zh} → ${now.zh}${power === 'no' ? '' : '（可能要断电重启）'}。${old.zh} 只接了这一台吗？改吗`,
    en: `${where}: ${who}${names.en}, ${old.en} → ${now.en}${power === 'no' ? '' : ' (it may want a power cycle)'}. Is it the only unit at ${old.en}, and shall it be changed`,
  };
  if (yes === true) {
    say(io, told);
    return true;
  }
  if (io.confirm !== null) return io.confirm(told[io.lang]);
  say(io, { zh: '没有终端可确认；脚本请用 --yes', en: 'there is no terminal to be asked at; a script gives --yes' });
  return false;
}

/** Null: the folder is ours, or what stands against the change anyway is to be told. */
async function ownFolder(
  config: SiteConfig,
  [why, exit]: readonly [Words | null, Exit],
  io: MoveIo,
): Promise<Exit | null> {
  let isRunning = true;
  try {
    isRunning = (await io.askGateway(config.dataDir, { ask: 'wire-points', names: ['-'] })) !== 'nobody';
  } catch {
    // It runs, and does not talk to us.
  }
  if (!isRunning) return why === null ? holdFolder(config, io) : null;
  const stop = {
    zh: '网关在运行，改地址和波特率要独占线路：先 systemctl stop gengfu，改好后再启动',
    en: 'a gateway runs, and to change an address or a rate takes the line alone: systemctl stop gengfu first, and start it again afterwards',
  };
  if (why === null) return refused(io, stop, exits.held);
  return refused(io, { zh: `${why.zh}。另外，${stop.zh}`, en: `${why.en}. Besides, ${stop.en}` }, exit);
}

function tell(io: MoveIo, plan: MovePlan, moved: Moved, { device }: Subject, kind: 'address' | 'baud'): Exit {
  const { outcome, where, error } = moved;
  const words = movedWords(plan, moved);
  const isDone = outcome === 'moved' || outcome === 'needs-power-cycle';
  if (io.isJson) {
    const { from, to } = plan;
    io.out(`${JSON.stringify({ ok: isDone, outcome, where, from, to, error: error?.code ?? null })}\n`);
  } else (isDone ? io.out : io.err)(`${words[io.lang]}\n`);
  if (isDone && device !== null) {
    const key = kind === 'address' ? `unit: ${plan.to.address}` : `baud: ${plan.to.baud}`;
    say(io, {
      zh: `站点文件还是原来的：把设备 ${device}（或其线路）改为 ${key}`,
      en: `the site file still says otherwise: change ${device} (or its line) to ${key}`,
    });
  }
  return exitOf(moved);
}

function exitOf({ outcome, where, error }: Moved): Exit {
  if (outcome === 'moved' || outcome === 'needs-power-cycle') return exits.done;
  if (error?.code === 'LINK-003') return exits.held;
  return where === 'neither' ? exits.unanswered : exits.refused;
}

function refused(io: MoveIo, why: Words, exit: Exit): Exit {
  if (io.isJson) io.out(`${JSON.stringify({ ok: false, why })}\n`);
  else say(io, why);
  return exit;
}

function atRate(line: LineConfig, baud: number | null): LineConfig {
  if (baud === null || line.transport !== 'serial') return line;
  return { ...line, format: { ...line.format, baud } };
}
