/** Units of one pair that speak differently: a line has one format, so the most of them decide. Pure. */
import type { SurveyFormat, SurveyUnit } from '../survey/survey.js';

/** What most units leave the factory with; of two equal groups it goes first. */
const usualBaud = 9600;

export interface FormatGroups {
  /** Null on a server of Modbus TCP. */
  readonly format: SurveyFormat | null;
  /** Units of that format, in the order of the survey. */
  readonly units: readonly SurveyUnit[];
  /** The others: as long as they are not set, they are not heard. */
  readonly others: readonly SurveyUnit[];
}

/** Null without any unit. Equal counts: 9600 goes first, then the slower one. */
export function formatGroups(units: readonly SurveyUnit[]): FormatGroups | null {
  const groups = new Map<string, SurveyUnit[]>();
  for (const unit of units) {
    const key = formatText(unit.format);
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  const [most] = [...groups.values()].sort((a, b) => b.length - a.length || rank(a) - rank(b));
  if (most === undefined) return null;
  return { format: most[0]?.format ?? null, units: most, others: units.filter((unit) => !most.includes(unit)) };
}

function rank([first]: readonly SurveyUnit[]): number {
  const baud = first?.format?.baud ?? 0;
  return baud === usualBaud ? 0 : baud;
}

/** `9600 8N1`. */
export function formatText(format: SurveyFormat | null): string {
  if (format === null) return 'Modbus TCP';
  const parity = { none: 'N', even: 'E', odd: 'O' } as const;
  return `${format.baud} 8${parity[format.parity]}${format.stopBits}`;
}

/** The lowest address that nothing found on the pair has; null: all 247 are taken. */
export function freeAddress(units: readonly SurveyUnit[]): number | null {
  const taken = new Set(units.map(({ address }) => address));
  for (let address = 1; address <= 247; address++) if (!taken.has(address)) return address;
  return null;
}
