/** What the gateway tells of itself (`GET /api/v1/health`), taken out of a record in which anything may stand: pure. */
import type { WordKey } from '../../words/words.js';

export interface BoxFacts {
  readonly oldestWall: number | null;
  /** Written to the card in a day, and how much may be. */
  readonly cardMb: { readonly perDay: number; readonly budget: number } | null;
  readonly dataUse: readonly { readonly uplink: string; readonly usedMb: number; readonly budgetMb: number | null }[];
}

const mb = 1_000_000;

export function boxFactsOf(facts: Readonly<Record<string, unknown>>): BoxFacts {
  const card = recordOf(facts['card']);
  const perDay = numberOf(card['deviceBytesPerDay']) ?? numberOf(card['processBytesPerDay']);
  const budget = numberOf(card['budgetBytes']);
  const data = Array.isArray(facts['data']) ? facts['data'].map(recordOf) : [];
  return {
    oldestWall: numberOf(recordOf(facts['journal'])['oldestWall']),
    cardMb: perDay === null || budget === null ? null : { perDay: perDay / mb, budget: budget / mb },
    dataUse: data.flatMap((each) => {
      const [uplink, used, most] = [each['uplink'], numberOf(each['usedBytes']), numberOf(each['budgetBytes'])];
      if (typeof uplink !== 'string' || used === null) return [];
      return [{ uplink, usedMb: used / mb, budgetMb: most === null ? null : most / mb }];
    }),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A point that is called by what may be wrong with it would read as if it were so: "clock can not be trusted: trusted". Null: it is not. */
export function calmName(role: string): WordKey | null {
  switch (role) {
    case 'box.clock':
      return 'health.boxClock';
    case 'box.supply':
      return 'health.boxVoltage';
    case 'mains.lost':
      return 'health.boxMains';
    default:
      return null;
  }
}
