/** Which models a unit may be: asks what the profiles would read of it, each register once, and no more than is needed. */
import type { ProbeYaml } from '../../config/identify-schema.js';
import { isModbus } from '../../config/profile-kind.js';
import type { DeviceProfile, ModbusProfile } from '../../config/profile-schema.js';
import type { Table } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { ReadQuestion } from '../../drivers/modbus/line-prober.js';
import { type Answering, type Fit, fitOf } from './probe-fit.js';
import type { SurveyCandidate, SurveyFormat } from './survey.js';

/** Models that are told of one unit; the rest fits worse. */
const candidatesMax = 5;
/** Questions to one unit, whatever the profiles want; what is not asked then counts as refused. */
const questionsMax = 80;

/** `refused`: by the unit itself, with its code; `unknown`: no answer that can be read. */
export type Looked =
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'unknown' };

export type Look = (question: ReadQuestion) => Promise<Looked>;

export interface Recognisable {
  readonly address: number;
  readonly format: SurveyFormat | null;
}

/** Likeliest first. `look` asks the unit; `isOver` = the search was broken off. */
export async function recognise(
  unit: Recognisable,
  profiles: readonly DeviceProfile[],
  look: Look,
  isOver: () => boolean,
): Promise<readonly SurveyCandidate[]> {
  const asked = lookOnce(look);
  const who: Answering = { address: unit.address, baud: unit.format?.baud ?? null };
  const found: (SurveyCandidate & { readonly weight: number })[] = [];
  for (const profile of profiles.filter(isModbus)) {
    if (isOver()) break;
    const probes = mayBe(profile, unit) ? probesOf(profile) : [];
    const fits = probes.length === 0 ? null : await fitsOf(probes, who, asked);
    if (fits === null) continue;
    const weight = fits.reduce((sum, fit) => sum + fit.weight, 0);
    found.push({ profile: profile.id, strength: strengthOf(profile), because: joined(fits), weight });
  }
  const strong = found.filter(({ strength }) => strength === 'strong');
  // Two models that both are sure of it: neither can be.
  const isSure = strong.length === 1;
  return found
    .map((each) => ({ ...each, strength: isSure ? each.strength : ('weak' as const) }))
    .sort((a, b) => Number(b.strength === 'strong') - Number(a.strength === 'strong') || b.weight - a.weight)
    .slice(0, candidatesMax)
    .map(({ profile, strength, because }) => ({ profile, strength, because }));
}

/** Not in contradiction with what is known of address and speed. */
function mayBe({ address_range: [low, high], serial }: ModbusProfile, { address, format }: Recognisable): boolean {
  if (address < low || address > high) return false;
  if (format === null) return true;
  const bauds = serial.bauds === undefined ? null : [serial.baud, ...serial.bauds, ...(serial.try ?? [])];
  const parities = serial.parities === undefined ? null : [serial.parity, ...serial.parities];
  return (bauds?.includes(format.baud) ?? true) && (parities?.includes(format.parity) ?? true);
}

function strengthOf({ identify }: ModbusProfile): 'weak' | 'strong' {
  return typeof identify === 'string' ? 'weak' : identify.strength;
}

/** What the profile wants to see; of one that only says `weak`, its first point with named states, or its first point. */
export function probesOf(profile: ModbusProfile): readonly ProbeYaml[] {
  const { identify } = profile;
  if (typeof identify !== 'string') return identify.probes;
  if (identify === 'none') return [];
  const point =
    profile.points.find(({ states, bits }) => states !== undefined && bits === undefined) ?? profile.points[0];
  if (point === undefined) return [];
  const isBit = point.table === 'coil' || point.table === 'discrete';
  const raws = point.bits === undefined ? point.states?.map(({ raw }) => raw & 0xffff) : undefined;
  const expect = raws === undefined ? { range: [0, isBit ? 1 : 0xffff] as [number, number] } : { set: raws };
  return [{ table: point.table, addr: point.addr, count: 1, expect, optional: false }];
}

/** Null: something does not fit. */
async function fitsOf(probes: readonly ProbeYaml[], who: Answering, look: Look): Promise<readonly Fit[] | null> {
  const fits: Fit[] = [];
  for (const probe of probes) {
    const { table, addr, count, optional } = probe;
    const looked = await look({ table, address: addr, count });
    if (looked.kind === 'values') {
      const fit = fitOf(probe, looked.values, who);
      if (fit === null) return null;
      fits.push(fit);
    } else if (!optional) return null;
  }
  return fits.length === 0 ? null : fits;
}

function joined(fits: readonly Fit[]): Words {
  return {
    zh: fits.map(({ because }) => because.zh).join('；'),
    en: fits.map(({ because }) => because.en).join('; '),
  };
}

const illegalFunction = 1;

/** Nothing is asked twice, and no function again that the unit does not know. */
function lookOnce(look: Look): Look {
  const known = new Map<string, Looked>();
  const refusedTables = new Set<Table>();
  let left = questionsMax;
  return async (question) => {
    const { table, address, count } = question;
    const key = `${table} ${address} ${count}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (refusedTables.has(table)) return { kind: 'refused', code: illegalFunction };
    if (left-- <= 0) return { kind: 'unknown' };
    const looked = await look(question);
    // Some refuse so what is only too much at once.
    if (looked.kind === 'refused' && looked.code === illegalFunction && count === 1) refusedTables.add(table);
    known.set(key, looked);
    return looked;
  };
}
