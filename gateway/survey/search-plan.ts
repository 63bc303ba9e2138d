/** What a search asks: at which speeds, which addresses, in which order, and how long that takes. Pure. */
import { isModbus } from '../../config/profile-kind.js';
import type { DeviceProfile, ModbusProfile } from '../../config/profile-schema.js';
import { charMs, guideSilenceMs } from '../../drivers/modbus/line-timing.js';
import type { SurveyFormat } from './survey.js';

export const addressRange = { min: 1, max: 247 } as const;
/** Speeds that a UART and this program know. */
export const baudRange = { min: 300, max: 921_600 } as const;

/** How long a unit is waited for on the first round, ms: cheap ones begin within 10 to 60 ms, an adapter on USB adds 16. Slower ones
 * are noticed by their late answers, and asked again with patience. */
const waitMs = 100;
/** Of that, what hangs on the speed: characters that a slow processor takes to see the end of a frame. */
const waitChars = 4;
/** Networks between us and the pair add their own time, ms. */
const networkWaitMs = 300;
/** A gateway of Modbus TCP waits for its unit for a second, and only then says that it is not there. */
const gatewayWaitMs = 1300;
/** A unit that may be slow, or was garbled, is waited for so long, ms: the slowest in any profile takes 500. */
export const patientMs = 600;
/** A line is listened to for so long before it is spoken to at a speed, ms. */
export const listenMs = 150;
/** To open a tty again, and between a unit's answer and the next question, ms; for the estimate. */
const reopenMs = 30;
const hostMs = 1.5;

/** Not in any profile, and yet met: the standard's own default, and what installers choose. Least likely last. */
const otherFormats: readonly SurveyFormat[] = [
  { baud: 9600, parity: 'even', stopBits: 1 },
  { baud: 19_200, parity: 'even', stopBits: 1 },
  { baud: 9600, parity: 'odd', stopBits: 1 },
  { baud: 19_200, parity: 'odd', stopBits: 1 },
  { baud: 9600, parity: 'none', stopBits: 2 },
];
/** Votes of one profile for a format: as delivered, to be tried first, possible. */
const votes = { delivered: 100, tried: 60, possible: 1 } as const;
const quickAddressMax = 63;

export interface PlannedFormat extends SurveyFormat {
  /** Some model is delivered so: units that stay silent to one function are asked with another as well. */
  readonly isDelivered: boolean;
}

/** One address that any unit of some model answers to. */
export interface UniversalQuestion {
  readonly address: number;
  readonly table: 'input' | 'holding';
  readonly register: number;
  readonly tellsAddress: boolean;
}

export interface SearchPlan {
  /** Likeliest first; null alone: there is no speed to choose (a server on the network). */
  readonly formats: readonly (PlannedFormat | null)[];
  readonly addresses: readonly number[];
  readonly universals: readonly UniversalQuestion[];
  readonly framing: 'rtu' | 'mbap';
  readonly isOnNetwork: boolean;
}

export interface PlanOptions {
  readonly profiles: readonly DeviceProfile[];
  /** Left out: all that a profile names, and a few more. */
  readonly formats?: readonly SurveyFormat[];
  /** Left out: 1 to 247. */
  readonly addresses?: readonly number[];
  /** Only as delivered, and addresses to 63. */
  readonly isQuick?: boolean;
  readonly transport: 'serial' | 'tcp' | 'rtu_over_tcp';
}

export function makePlan(options: PlanOptions): SearchPlan {
  const { profiles, transport, isQuick = false } = options;
  const all = options.formats?.map((format) => planned(format, profiles)) ?? likelyFormats(profiles);
  const chosen = isQuick && options.formats === undefined ? all.filter(({ isDelivered }) => isDelivered) : all;
  const highest = isQuick ? quickAddressMax : addressRange.max;
  const first = { min: addressRange.min, max: highest };
  const addresses = options.addresses ?? Array.from({ length: first.max - first.min + 1 }, (_, i) => first.min + i);
  return {
    formats: transport === 'serial' ? chosen : [null],
    addresses: [...new Set(addresses)],
    universals: transport === 'serial' ? universalsOf(profiles) : [],
    framing: transport === 'tcp' ? 'mbap' : 'rtu',
    isOnNetwork: transport !== 'serial',
  };
}

/** Every format that some unit may have, likeliest first. */
export function likelyFormats(profiles: readonly DeviceProfile[]): readonly PlannedFormat[] {
  const ballot = new Map<string, { format: PlannedFormat; votes: number }>();
  const vote = (format: SurveyFormat, weight: number): void => {
    const key = formatKey(format);
    const before = ballot.get(key);
    const isDelivered = weight >= votes.tried || before?.format.isDelivered === true;
    ballot.set(key, { format: { ...format, isDelivered }, votes: (before?.votes ?? 0) + weight });
  };
  for (const { serial } of profiles.filter(isModbus).filter(speaksSerial)) {
    const { parity, stop_bits: stopBits } = serial;
    vote({ baud: serial.baud, parity, stopBits }, votes.delivered);
    for (const baud of serial.try ?? []) vote({ baud, parity, stopBits }, votes.tried);
    for (const baud of serial.bauds ?? []) vote({ baud, parity, stopBits }, votes.possible);
  }
  const named = [...ballot.values()].sort((a, b) => b.votes - a.votes || b.format.baud - a.format.baud);
  const others = otherFormats.filter((format) => !ballot.has(formatKey(format)));
  return [...named.map(({ format }) => format), ...others.map((format) => ({ ...format, isDelivered: false }))];
}

function planned(format: SurveyFormat, profiles: readonly DeviceProfile[]): PlannedFormat {
  const known = likelyFormats(profiles).find((each) => formatKey(each) === formatKey(format));
  return { ...format, isDelivered: known?.isDelivered ?? false };
}

function speaksSerial({ link }: ModbusProfile): boolean {
  return link.transports.includes('rtu');
}

function universalsOf(profiles: readonly DeviceProfile[]): readonly UniversalQuestion[] {
  const found = new Map<string, UniversalQuestion>();
  for (const { universal_address: universal } of profiles.filter(isModbus)) {
    if (universal === undefined) continue;
    const { address, table, addr, tells } = universal;
    const key = `${address} ${table} ${addr}`;
    found.set(key, { address, table, register: addr, tellsAddress: tells === 'address' });
  }
  return [...found.values()];
}

/** `9600 8N1` */
export function formatText({ baud, parity, stopBits }: SurveyFormat): string {
  return `${baud} 8${{ none: 'N', even: 'E', odd: 'O' }[parity]}${stopBits}`;
}

export function formatKey(format: SurveyFormat | null): string {
  return format === null ? '' : formatText(format);
}

/** How long a unit is waited for at first. */
export function firstWaitMs({ framing, isOnNetwork }: SearchPlan, format: SurveyFormat | null): number {
  if (framing === 'mbap') return gatewayWaitMs;
  const base = isOnNetwork ? networkWaitMs : waitMs;
  return base + waitChars * charMs(wireFormat(format));
}

/** What one address without a unit costs, ms. */
export function probeMs(plan: SearchPlan, format: SurveyFormat | null): number {
  const wire = wireFormat(format);
  const bytes = plan.framing === 'mbap' ? 0 : 8 + 7;
  return bytes * charMs(wire) + guideSilenceMs(wire) + firstWaitMs(plan, format) + hostMs;
}

/** Two rounds, by two functions: where a model is delivered so, or nothing is known of the speed. */
export function roundsAt(format: PlannedFormat | null): readonly ('holding' | 'input')[] {
  return format === null || format.isDelivered ? ['holding', 'input'] : ['holding'];
}

/** The whole search of one line without a single unit, ms. Each unit makes it shorter where it answers, and longer by its
 * recognition: about as long. */
export function estimateMs(plan: SearchPlan): number {
  const perFormat = plan.formats.map((format) => {
    const first = plan.universals.length * probeMs(plan, format);
    const sweeps = roundsAt(format).length * plan.addresses.length * probeMs(plan, format);
    return reopenMs + listenMs + first + sweeps;
  });
  return perFormat.reduce((sum, ms) => sum + ms, 0);
}

/** Eight data bits; what a server on the network speaks is not known, and slow is safe for the silence it wants. */
export function wireFormat(format: SurveyFormat | null) {
  return { dataBits: 8 as const, ...(format ?? { baud: 4800, parity: 'none' as const, stopBits: 1 as const }) };
}
