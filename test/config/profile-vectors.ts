/** Frames of a profile, sent through the program itself: site file → SiteConfig → request and decoded reply. */
import { channelRow } from '../../config/channel-row.js';
import { loadConfigText } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import type { DeviceProfile, ModbusProfile } from '../../config/profile-schema.js';
import type { RegisterSource, SiteConfig, Table } from '../../config/site.js';
import { widthOf } from '../../drivers/modbus/raw-value.js';
import { type Decoded, decode } from '../../drivers/modbus/registers.js';
import { known, profiles } from './rig.js';

/** A profile that is wrong fails by itself and not in the rows of all others. */
const sound = { ...profiles, problems: [] };

export type Vector = ModbusProfile['tests'][number];

/** Only what has registers: contacts, signals and streams have none. */
export function isModbusProfile(profile: DeviceProfile): profile is ModbusProfile {
  return profile.link.kind === 'modbus';
}

export function bytesOf(frame: string): Uint8Array {
  return Uint8Array.from(frame.split(' ').map((byte) => Number.parseInt(byte, 16)));
}

/** `device`: the unit as a site file names it, with whatever can be wired to its rows. */
export function siteWith(profile: ModbusProfile, choices: Pick<Vector, 'variant' | 'options'>): SiteConfig {
  const variant = choices.variant === undefined ? '' : `, variant: ${choices.variant}`;
  const channels = (role: string): readonly number[] => {
    const point = profile.points.find((each) => each.role === role && channelRow(each.key) !== null);
    const row = point === undefined ? null : channelRow(point.key);
    return Array.from({ length: row?.channels ?? 0 }, (_, i) => i + 1);
  };
  const relays = profile.commands === undefined ? [] : channels('relay.state');
  const rowName = channelRow(profile.commands?.row ?? '')?.name ?? 'none';
  // At 4 to 20 of anything, the value of the loop is its current.
  const loop = 'profile: analog-4-20ma, options: {medium: other, unit: ppm, range_low: 4, range_high: 20}';
  const text = [
    'version: 1',
    'site: {id: bench, district: yuzhong, name: 试验台}',
    'lines: [{id: main, path: /dev/ttyS1, timeout_ms: 1000}]',
    'zones: [{id: bench}]',
    'devices:',
    `  - {id: unit, profile: ${profile.id}, line: main, unit: 1, zone: bench, allow_draft: true${variant}, options: ${JSON.stringify(choices.options)}}`,
    ...channels('contact').map(
      (n) => `  - {id: di${n}, profile: dry-contact-pump-running, input: {device: unit, channel: ${n}}}`,
    ),
    ...channels('signal').map((n) => `  - {id: ai${n}, ${loop}, input: {device: unit, channel: ${n}}}`),
    'outputs:',
    '  - {id: siren, kind: siren, gpio: {pin: 17}, on_control_lost: keep_sounding}',
    ...relays.map(
      (n) =>
        `  - {id: ${rowName}${n}, kind: lamp, relay: {device: unit, channel: ${n}}, on_control_lost: keep_sounding}`,
    ),
    'plans: [{id: fire, when: {class: fire, zones: [bench]}, sound: [siren]}]',
    'gpio: {driver: simulated}',
  ].join('\n');
  const outcome = loadConfigText('/bench/gateway.yaml', text, { ...known, profiles: sound });
  if (outcome.ok) return outcome.config;
  throw new Error(outcome.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
}

/** Registers of a unit, by table and wire address; null: was not read. */
export type Image = (table: Table, address: number) => number | null;

/** What every point that is in the image says, by the key that a profile test uses: `value`, `di3`, `relay1`. */
export function readAll(config: SiteConfig, image: Image): ReadonlyMap<string, Decoded> {
  const seen = new Map<SiteConfig['points'][number]['id'], Decoded>();
  const sources = config.points.flatMap(({ id, source }) => (source.kind === 'register' ? [{ id, source }] : []));
  // What another point depends on may stand behind it.
  for (let round = 0; round < 4; round++) {
    for (const { id, source } of sources) {
      const words = wordsOf(source, image);
      if (words !== null) seen.set(id, decode(source, words, seen));
    }
  }
  const told = new Map([...seen].map(([id, decoded]) => [nameOf(id), wiredState(id, decoded)] as const));
  for (const { id, target } of config.outputs) {
    if (target.kind !== 'unit') continue;
    const raw = image(target.readBack.table, target.readBack.address);
    const value = raw === target.readBack.onRaw ? 'on' : 'off';
    if (raw !== null) told.set(id, { value, reason: null, raw });
  }
  return told;
}

/** `unit/value` → `value`, `di3/contact` → `di3`. */
function nameOf(pointId: string): string {
  const [device = '', key = ''] = pointId.split('/');
  return device === 'unit' ? key : device;
}

/** What a dry contact means, said as the row says it. */
function wiredState(id: string, decoded: Decoded): Decoded {
  if (!id.startsWith('di') || decoded.reason !== null) return decoded;
  return { ...decoded, value: decoded.value === 'running' ? 'closed' : 'open' };
}

function wordsOf(source: RegisterSource, image: Image): readonly number[] | null {
  const words = Array.from({ length: widthOf(source.type) }, (_, i) => image(source.table, source.address + i));
  return words.every((word): word is number => word !== null) ? words : null;
}

const tableOfFunction: Readonly<Record<number, Table>> = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' };

/** What a reply holds, and beside it what `with` says was read before. */
export function imageOf(profile: ModbusProfile, vector: Vector): Image {
  const request = bytesOf(vector.request);
  const reply = bytesOf(vector.reply);
  const asked = tableOfFunction[request[1] ?? 0];
  const before = new Map(
    Object.entries(vector.with).map(([key, raw]) => {
      const point = profile.points.find((each) => each.key === key);
      if (point === undefined) throw new Error(`${profile.id} has no point ${key}`);
      return [`${point.table} ${point.addr}`, raw] as const;
    }),
  );
  return (table, address) => {
    const offset = address - word(request, 2);
    if (table !== asked || offset < 0 || offset >= word(request, 4)) return before.get(`${table} ${address}`) ?? null;
    const isBit = table === 'coil' || table === 'discrete';
    return isBit ? ((reply[3 + (offset >> 3)] ?? 0) >> (offset & 7)) & 1 : word(reply, 3 + offset * 2);
  };
}

/** 16 bits, high byte first. */
export function word(frame: Uint8Array, at: number): number {
  return ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0);
}
