/** May this be written by hand, by which function, and what can come of it? Pure; whoever asks the wire keeps to it. */
import type { LineId } from '../../config/ids.js';
import type { SiteConfig, UnitConfig, UnitWrite } from '../../config/site.js';
import type { ActionRisk } from '../../config/unit-orders.js';
import type { Words } from '../../config/vocabulary.js';
import { refusedBy } from './refusal-words.js';
import type { Consent, WireRefused } from './wire-request.js';

/** `unknown`: nobody knows the model. */
export type WriteRisk = ActionRisk | 'unknown';

export interface HandWrite {
  readonly table: 'coil' | 'holding';
  readonly address: number;
  readonly value: number;
}

export type Guarded =
  | { readonly ok: true; readonly write: UnitWrite; readonly risk: WriteRisk }
  | { readonly ok: false; readonly refused: WireRefused };

/** Where the write goes: the unit of the site file, where there is one, and what the site file hangs on it. */
export interface GuardPlace {
  readonly address: number;
  readonly unit: UnitConfig | null;
  readonly outputs: SiteConfig['outputs'];
  /** A gateway runs: it alone switches its outputs. */
  readonly isWatched: boolean;
}

export function guardWrite(place: GuardPlace, hand: HandWrite): Guarded {
  const refusal = refusalOf(place, hand);
  if (refusal !== null) return { ok: false, refused: refusal };
  const functionCode = functionFor(place.unit, hand.table);
  if (functionCode === null) return { ok: false, refused: refusedBy('function') };
  return { ok: true, write: { ...hand, functionCode }, risk: riskOf(place, hand) };
}

/** Whoever says yes without being asked says it to what can do no harm. */
export function consentRefusal(risk: WriteRisk, how: Consent): WireRefused | null {
  return how === 'yes' && risk !== 'none' ? refusedBy('needs-asking', riskWords[risk]) : null;
}

export const riskWords: Readonly<Record<WriteRisk, Words>> = {
  none: { zh: '无风险', en: 'no risk' },
  audible: { zh: '会响', en: 'it sounds' },
  power: { zh: '会送断电', en: 'it switches power' },
  dangerous: { zh: '危险', en: 'it can hurt somebody' },
  unknown: { zh: '型号不明', en: 'the model is unknown' },
};

/** The unit of the site file at this place. */
export function unitAt(config: SiteConfig, line: LineId | string, address: number): UnitConfig | null {
  return config.units.find((unit) => unit.line === line && unit.address === address) ?? null;
}

/** Outputs that hang on this unit. */
export function outputsOf(config: SiteConfig, unit: UnitConfig | null): SiteConfig['outputs'] {
  return config.outputs.filter(({ target }) => target.kind === 'unit' && target.device === unit?.id);
}

function refusalOf(place: GuardPlace, hand: HandWrite): WireRefused | null {
  const { unit } = place;
  if (place.address === 0) return refusedBy('broadcast');
  if (hand.table === 'coil' && hand.value > 1) return refusedBy('bad-value');
  if (unit === null) return null;
  const { limits, orders } = unit;
  const isForbidden = limits.forbidden.some(
    ({ table, from, to }) => table === hand.table && hand.address >= from && hand.address <= to,
  );
  if (isForbidden) return refusedBy('forbidden');
  if (hand.table === 'holding' && orders?.moving.includes(hand.address) === true) return refusedBy('moving');
  const actions = (orders?.actions ?? []).filter(({ steps }) =>
    steps.some((step) => 'write' in step && step.write.table === hand.table && step.write.address === hand.address),
  );
  if (actions.length > 0) {
    const keys = actions.map(({ key }) => key).join(', ');
    return refusedBy('action', { zh: keys, en: keys });
  }
  if (place.isWatched && touchesOutputs(place, hand)) {
    const ids = place.outputs.map(({ id }) => id).join(', ');
    return refusedBy('output', { zh: ids, en: ids });
  }
  return null;
}

/** A module switches all of its channels in several ways (all at once, for a while, toggled): whatever lies in the table of its outputs
 * counts, but for a setting that its profile wants so. */
function touchesOutputs({ unit, outputs }: GuardPlace, { table, address, value }: HandWrite): boolean {
  const isSetting = unit?.setup.some(
    (check) => check.table === table && check.address === address && check.want === value,
  );
  if (isSetting === true) return false;
  return outputs.some(
    ({ target }) =>
      target.kind === 'unit' && [target.on, target.off, target.timed].some((write) => write?.table === table),
  );
}

function riskOf(place: GuardPlace, hand: HandWrite): WriteRisk {
  if (place.unit === null) return 'unknown';
  return touchesOutputs(place, hand) ? 'audible' : 'none';
}

/** One value at a time where the model can; null: it knows no function for it. */
function functionFor(unit: UnitConfig | null, table: 'coil' | 'holding'): UnitWrite['functionCode'] | null {
  const possible = table === 'coil' ? ([5, 15] as const) : ([6, 16] as const);
  const known = unit?.orders?.functions;
  return possible.find((code) => known === undefined || known.includes(code)) ?? null;
}
