/** What happens to an item of a checklist: it was seen, proven, heard, judged. Pure. */
import type { CommissioningAsk, CommissioningItem, Tally } from '../panel/api/commissioning.js';

type Judged = Extract<CommissioningAsk, { ask: 'commissioning-judge' }>;

export interface Seen {
  readonly how: NonNullable<CommissioningItem['how']>;
  readonly by: string;
  readonly wall: number;
  /** Null: nobody had pressed. */
  readonly detectionMs: number | null;
}

/** Its alarm came, or it answered. Who has passed keeps the time; a detection that was timed is news. */
export function withSeen(item: CommissioningItem, { how, by, wall, detectionMs }: Seen): CommissioningItem {
  if (item.state === 'passed' && detectionMs === null) return item;
  return { ...item, state: 'passed', reason: null, how, by, wall, detectionMs: detectionMs ?? item.detectionMs };
}

/** An output was seen on or off by its read-back. */
export function withProof(item: CommissioningItem, isOn: boolean, by: string, wall: number): CommissioningItem {
  const next = { ...item, provenOn: item.provenOn || isOn, provenOff: item.provenOff || (!isOn && item.provenOn) };
  const isNews = next.provenOn !== item.provenOn || next.provenOff !== item.provenOff;
  return isNews ? settled({ ...next, how: 'read-back' }, by, wall) : item;
}

/** Why a person's word is not enough; null: it is. */
export function judgeRefusal(
  item: CommissioningItem,
  { to, reason, isHeard }: Judged,
): 'needs-reason' | 'not-proven' | null {
  if ((to === 'failed' || to === 'not-applicable') && reason === null) return 'needs-reason';
  const isProven = !needsProof(item) || (item.provenOn && item.provenOff);
  return to === 'passed' && !isProven && isHeard === undefined ? 'not-proven' : null;
}

export function withJudgement(
  item: CommissioningItem,
  { to, reason, isHeard }: Judged,
  by: string,
  wall: number,
): CommissioningItem {
  if (isHeard !== undefined && to === 'passed') return settled({ ...item, isHeard, reason }, by, wall);
  const how = to === 'open' ? null : ('by-person' as const);
  const told = to === 'open' && reason === null ? { by: null, wall: null } : { by, wall };
  return { ...item, state: to, reason, how, ...told, isHeard: isHeard ?? item.isHeard };
}

/** Sirens, strobes and lamps are looked at by their drivers; loudspeakers only by ears. */
export function needsProof({ kind }: Pick<CommissioningItem, 'kind'>): boolean {
  return kind === 'output';
}

/** Has passed when it was proven and heard; has failed when somebody listened and heard nothing. */
function settled(item: CommissioningItem, by: string, wall: number): CommissioningItem {
  if (item.isHeard === false) return { ...item, state: 'failed', by, wall };
  const isProven = !needsProof(item) || (item.provenOn && item.provenOff);
  if (item.isHeard !== true || !isProven) return { ...item, by, wall };
  return { ...item, state: 'passed', how: needsProof(item) ? 'read-back' : 'by-person', by, wall };
}

export function tallyOf(items: readonly Pick<CommissioningItem, 'state'>[]): Tally {
  const of = (state: CommissioningItem['state']): number => items.filter((item) => item.state === state).length;
  return {
    ...{ passed: of('passed'), failed: of('failed'), notApplicable: of('not-applicable') },
    ...{ notTested: of('open'), all: items.length },
  };
}

/** Nobody has tried them out, and nobody has said why not. */
export function unexplained(items: readonly CommissioningItem[]): readonly CommissioningItem[] {
  return items.filter(({ state, reason }) => state === 'open' && reason === null);
}

/** A person sets it off, and the time until the gateway sees it counts. */
export function isPressable(kind: CommissioningItem['kind']): boolean {
  return pressable.has(kind);
}

const pressable: ReadonlySet<CommissioningItem['kind']> = new Set([
  ...(['detector', 'call-point', 'contact', 'value', 'key', 'power'] as const),
]);
