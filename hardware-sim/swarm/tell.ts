/** What a run of the swarm says: a line a seed, how far it is, and how a failure is seen again. */
import type { Finished } from './pool.js';
import { virtualTime } from './trace.js';

const hourMs = 3_600_000;

export function seedLine({ task, result, crash, cpuMs }: Finished): string {
  const head = `seed ${task.seed}`;
  if (result === null) return `${head}  CRASHED  ${crash?.split('\n').find((line) => /Error/.test(line)) ?? crash}`;
  const { site, virtualMs, faults, happenings, facts, violations } = result;
  const speed = cpuMs === null ? '' : `  ${(cpuMs / 1000).toFixed(1)} s of CPU, ${Math.round(virtualMs / cpuMs)}x`;
  const what = `${site}  ${(virtualMs / hourMs).toFixed(2)} h  ${faults} faults, ${happenings} happenings, ${facts} facts`;
  return `${head}  ${what}  ${violations.length === 0 ? 'ok' : 'FAILED'}${speed}`;
}

/** Each accusation on a line, and the command that plays it again. */
export function failureLines({ task, result, crash }: Finished): readonly string[] {
  const { seed, hours } = task;
  const site = result?.site ?? task.site;
  const accused = (result?.violations ?? []).map(
    ({ checker, mono, what }) => `  ${virtualTime(mono)}  ${checker}: ${what}`,
  );
  const crashed = result === null ? (crash ?? '').split('\n').map((line) => `  ${line}`) : [];
  return [...accused, ...crashed, `  replay: ${replayCommand(seed, hours, site)}`];
}

export function replayCommand(seed: number, hours: number, site: string | null): string {
  return `npm run swarm -- --seed ${seed} --hours ${hours}${site === null ? '' : ` --site ${site}`} --trace`;
}

export interface Standing {
  readonly finished: number;
  readonly of: number;
  readonly failed: number;
  /** Virtual time that is over, of the whole. */
  readonly doneMs: number;
  readonly wholeMs: number;
  readonly tookMs: number;
}

export function progressLine({ finished, of, failed, doneMs, wholeMs, tookMs }: Standing): string {
  const leftMs = doneMs === 0 ? Number.NaN : (tookMs / doneMs) * (wholeMs - doneMs);
  const left = Number.isNaN(leftMs) ? '' : `, ${minutes(leftMs)} left`;
  return `${finished}/${of} seeds, ${failed} failed, ${Math.round(doneMs / Math.max(1, tookMs))}x real time${left}`;
}

function minutes(ms: number): string {
  return ms < 90_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`;
}
