/**
 * Is a new site file healthy? Every line on which somebody answered before answers within 60 s, a centre that could be reached
 * before can be reached within 5 min. Pure: `step(state, input, now)`. That it is so must then become durable (config-desk.ts).
 *
 *   waiting ──all of it──▶ healthy          waiting ──one of them too late──▶ failed
 *
 * Each has to be seen once: what fails later is a fault of its own, as on any other day. A fire changes nothing here: it neither
 * confirms a file that has lost a line nor keeps one that has, because sirens and latches go over to the next runtime as they are.
 */
import type { LineId, UplinkId } from '../../config/ids.js';
import type { LineConfig, SiteConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';

export const lineMaxMs = 60_000;
export const uplinkMaxMs = 300_000;
/** What a line answers at once may still be the answer to the file before. */
const settleMs = 3_000;

export interface TrialState {
  readonly beganMono: number;
  readonly lines: readonly AwaitedLine[];
  /** Any of these; empty: none is waited for. */
  readonly uplinks: readonly { readonly id: UplinkId; readonly isSeen: boolean }[];
}

export interface AwaitedLine {
  readonly id: LineId;
  readonly name: Words;
  readonly maxMs: number;
  readonly isSeen: boolean;
}

export interface TrialInput {
  readonly lines: ReadonlySet<LineId>;
  readonly uplinks: ReadonlySet<UplinkId>;
}

export type TrialVerdict =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'healthy' }
  | {
      readonly kind: 'failed';
      readonly reason: 'line' | 'uplink';
      readonly what: string;
      readonly words: Words;
    };

/** What was seen before, and is in the new file: a line or centre that somebody took out is not waited for. */
export function beginTrial(
  site: SiteConfig,
  before: { readonly lines: readonly string[]; readonly uplink: string | null },
  nowMono: number,
): TrialState {
  const lines = site.lines
    .filter(({ id }) => before.lines.includes(id))
    .map((line) => ({ id: line.id, name: line.name, maxMs: longestMs(site, line), isSeen: false }));
  const same = site.uplinks.filter(({ id }) => id === before.uplink);
  const wanted = before.uplink === null ? [] : same.length > 0 ? same : site.uplinks;
  return {
    beganMono: nowMono,
    lines,
    uplinks: wanted.map(({ id }) => ({ id, isSeen: false })),
  };
}

export function stepTrial(
  state: TrialState,
  input: TrialInput,
  nowMono: number,
): { readonly state: TrialState; readonly verdict: TrialVerdict } {
  const sinceMs = nowMono - state.beganMono;
  const isSettled = sinceMs >= settleMs;
  const next: TrialState = {
    ...state,
    lines: state.lines.map((line) => ({ ...line, isSeen: line.isSeen || (isSettled && input.lines.has(line.id)) })),
    uplinks: state.uplinks.map((uplink) => ({ ...uplink, isSeen: uplink.isSeen || input.uplinks.has(uplink.id) })),
  };
  return { state: next, verdict: verdictOf(next, sinceMs) };
}

function verdictOf({ lines, uplinks }: TrialState, sinceMs: number): TrialVerdict {
  const lost = lines.find(({ isSeen, maxMs }) => !isSeen && sinceMs >= maxMs);
  if (lost !== undefined) {
    const s = Math.round(lost.maxMs / 1000);
    const words = {
      zh: `线路${lost.name.zh} ${s} 秒内无应答`,
      en: `line ${lost.name.en} did not answer within ${s} s`,
    };
    return { kind: 'failed', reason: 'line', what: lost.id, words };
  }
  const isReached = uplinks.length === 0 || uplinks.some(({ isSeen }) => isSeen);
  if (!isReached && sinceMs >= uplinkMaxMs) {
    const what = uplinks.map(({ id }) => id).join(', ');
    const words = { zh: `平台 ${what} 5 分钟内未连上`, en: `uplink ${what} was not reached within 5 min` };
    return { kind: 'failed', reason: 'uplink', what, words };
  }
  return { kind: isReached && lines.every(({ isSeen }) => isSeen) ? 'healthy' : 'waiting' };
}

/** Nobody is asked on a line whose devices speak by themselves: they have the time after which they count as silent. */
function longestMs({ streams }: SiteConfig, { id }: LineConfig): number {
  return Math.max(lineMaxMs, ...streams.filter(({ line }) => line === id).map(({ silenceMs }) => silenceMs));
}
