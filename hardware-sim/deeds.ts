/** Does to a simulated village what a scenario's step or a key of the demo says. */
import { brandId, type PointId, type SpeakerId } from '../config/ids.js';
import type { ClockTrust } from '../config/vocabulary.js';
import { type Clock, pause } from '../drivers/clock.js';
import type { Runtime } from '../gateway/runtime.js';
import type { FaultyStore } from './disk.js';
import { forgedOrder } from './forged-order.js';
import { corrupted, doubled, late, silent, truncated } from './modbus/mischief.js';
import type { Mischief, SimUnit } from './modbus/sim-unit.js';
import type { Deed, diskWords, mischiefNames } from './scenario-deeds.js';
import { setSupply } from './supply.js';
import type { Village } from './village.js';
import { wallOf } from './wall-text.js';

export type OrderKind = 'acknowledge' | 'silence' | 'reset';
export type DiskWord = (typeof diskWords)[number];

/** Where a scenario is played: a village, the gateway that watches it, and its way to the centre. */
export interface Theatre {
  readonly clock: Clock;
  readonly village: Village;
  /** Somebody at the box gives an order about all that stands now. */
  order(kind: OrderKind, level: 1 | 2 | 3): Promise<void>;
  breakHorn(horn: SpeakerId, isBroken: boolean): void;
  /** Pulls the uplink's cable, or plugs it in again. */
  plugUplink(isPlugged: boolean): Promise<void>;
  /** Bytes on the topic of the district's orders, from whomever. */
  sendOrder(envelope: Uint8Array): Promise<void>;
  /** Ends the gateway without a word, or starts the next one; resolves when it is gone, or on its way. */
  runGateway(isRunning: boolean): Promise<void>;
  setDisk(word: DiskWord): void;
  setClock(change: { readonly stepMs: number; readonly trust: ClockTrust | null }): void;
}

/** As long as a person presses a key. */
const pressedMs = 400;
/** How often a value that creeps is set. */
const rampEveryMs = 1000;
/** Longer than any time-out of the lines of the examples. */
const lateMs = 700;
/** Each call of a slow disk, as a worn card does it. */
const slowDiskMs = 900;

export async function doDeed(theatre: Theatre, deed: Deed): Promise<void> {
  const { village, clock } = theatre;
  if ('set' in deed) village.setPoint(brandId(deed.set), deed.to);
  else if ('ramp' in deed) creep(theatre, deed);
  else if ('press' in deed) {
    const key: PointId = brandId(deed.press);
    village.setPoint(key, 'pressed');
    const heldMs = deed.for_s === undefined ? pressedMs : deed.for_s * 1000;
    clock.after(heldMs, () => village.setPoint(key, 'released'));
  } else if ('cut' in deed) village.cutLine(brandId(deed.cut), true);
  else if ('mend' in deed) village.cutLine(brandId(deed.mend), false);
  else if ('lines' in deed) for (const { id } of village.config.lines) village.cutLine(id, deed.lines === 'cut');
  else if ('switch_off' in deed) village.switchUnit(brandId(deed.switch_off), false);
  else if ('switch_on' in deed) village.switchUnit(brandId(deed.switch_on), true);
  else if ('mischief' in deed) unitOf(village, deed.mischief).mischief = mischiefs[deed.is];
  else if ('break_horn' in deed) theatre.breakHorn(brandId(deed.break_horn), true);
  else if ('mend_horn' in deed) theatre.breakHorn(brandId(deed.mend_horn), false);
  else if ('command' in deed) await theatre.order(deed.command, deed.level ?? 2);
  else await doOutside(theatre, deed);
}

type OutsideDeed = Extract<
  Deed,
  | { readonly uplink: unknown }
  | { readonly storm: unknown }
  | { readonly gateway: unknown }
  | { readonly power: unknown }
  | { readonly disk: unknown }
  | { readonly clock: unknown }
  | { readonly forge: unknown }
>;

/** What happens to the gateway itself, and to what it leans on. */
async function doOutside(theatre: Theatre, deed: OutsideDeed): Promise<void> {
  const { village, clock } = theatre;
  if ('uplink' in deed) await theatre.plugUplink(deed.uplink === 'plug');
  else if ('storm' in deed) storm(theatre, deed);
  else if ('gateway' in deed) await theatre.runGateway(deed.gateway === 'start');
  else if ('power' in deed) {
    const isBack = deed.power === 'back';
    // A relay falls off at once; what the dying process still wants reaches nobody.
    setSupply(village, isBack);
    await theatre.runGateway(isBack);
  } else if ('disk' in deed) theatre.setDisk(deed.disk);
  else if ('clock' in deed) {
    const { step_s = 0, to, trust = null } = deed.clock;
    theatre.setClock({ stepMs: to === undefined ? step_s * 1000 : wallOf(to) - clock.wall(), trust });
  } else await theatre.sendOrder(forgedOrder(village.config, deed.forge, deed.order, clock.wall()));
}

function creep({ village, clock }: Theatre, deed: Extract<Deed, { readonly ramp: unknown }>): void {
  const { ramp, from, to, over_s } = deed;
  const times = Math.ceil((over_s * 1000) / rampEveryMs);
  const setTo = (part: number): void => {
    village.setPoint(brandId(ramp), Math.round((from + (to - from) * part) * 1000) / 1000);
  };
  setTo(0);
  for (let i = 1; i <= times; i++) clock.after(i * rampEveryMs, () => setTo(i / times));
}

/** The time of the story goes on meanwhile: a fire in a storm is a step of its own. */
function storm(theatre: Theatre, deed: Extract<Deed, { readonly storm: unknown }>): void {
  const blow = async (): Promise<void> => {
    for (let i = 0; i < deed.storm; i++) {
      await theatre.plugUplink(false);
      await pause(theatre.clock, (deed.every_s * 1000) / 2);
      await theatre.plugUplink(true);
      await pause(theatre.clock, (deed.every_s * 1000) / 2);
    }
  };
  void blow();
}

const mischiefs: Readonly<Record<(typeof mischiefNames)[number], Mischief | null>> = {
  none: null,
  silent,
  late: late(lateMs),
  doubled: doubled(5),
  truncated: truncated(2),
  corrupted: corrupted(),
};

function unitOf(village: Village, device: string): SimUnit {
  const unit = village.units.get(brandId(device));
  if (unit === undefined) throw new RangeError(`the site has no unit ${device}`);
  return unit;
}

/** An order at a gateway of this process: what the person means is what is there now, and nothing that comes after. */
export function orderAt(
  runtime: Pick<Runtime, 'alarms' | 'command' | 'journal'>,
  kind: OrderKind,
  origin: string,
  level: 1 | 2 | 3,
): void {
  const upTo = { boot: runtime.journal.boot, order: runtime.alarms.lastOrder };
  runtime.command({ kind, upTo, origin, level });
}

/** A disk of this process does as the word says. */
export function setDiskTo(store: FaultyStore, word: DiskWord): void {
  if (word === 'fails') store.setMode('refuses', 'STORE-005');
  else if (word === 'full') store.setMode('refuses', 'STORE-003');
  else store.setMode(word === 'slow' ? { slowMs: slowDiskMs } : word);
}
