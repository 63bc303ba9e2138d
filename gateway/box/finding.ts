/** One thing that somebody has looked at on the box: how it stands, and what to do. Its JSON is a contract of `gengfu doctor --json`. */
import type { Words } from '../../config/vocabulary.js';

/** `hint`: it works, and somebody should know; `problem`: something of the site does not work, or soon will not. */
export type Severity = 'ok' | 'hint' | 'problem';

export const findingAreas = [
  ...(['site', 'gateway', 'service', 'rights', 'ports', 'pins', 'audio', 'machine', 'clock'] as const),
  ...(['disk', 'power', 'network', 'uplinks', 'panel'] as const),
] as const;
export type FindingArea = (typeof findingAreas)[number];

export interface Finding {
  readonly area: FindingArea;
  readonly what: Words;
  readonly figure: Words;
  /** What it may be; null: nothing is promised. */
  readonly budget: Words | null;
  readonly severity: Severity;
  /** What to do; null only where nothing is wrong. */
  readonly fix: Words | null;
}

export function words(zh: string, en: string): Words {
  return { zh, en };
}

export function plain(text: string): Words {
  return { zh: text, en: text };
}

/** What findings of one area are made with. */
export function findingsOf(area: FindingArea) {
  return {
    ok: (what: Words, figure: Words, budget: Words | null = null): Finding => ({
      ...{ area, what, figure, budget, severity: 'ok', fix: null },
    }),
    hint: (what: Words, figure: Words, fix: Words, budget: Words | null = null): Finding => ({
      ...{ area, what, figure, budget, severity: 'hint', fix },
    }),
    problem: (what: Words, figure: Words, fix: Words, budget: Words | null = null): Finding => ({
      ...{ area, what, figure, budget, severity: 'problem', fix },
    }),
  };
}

export function isAnyProblem(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'problem');
}

/** `12`, `0.5`: megabytes of 10^6. */
export function mb(bytes: number): string {
  const value = bytes / 1e6;
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}

/** `2026-11-28`: certificates and keys end by UTC. */
export function utcDay(wallMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'UTC' }).format(wallMs);
}
