/** The end of a vortex in words and as JSON. Pure. */
import type { RoundResult } from './round.js';

/** So many accusations of one judge are printed. */
const printedMax = 5;

export function isGood({ judgements }: RoundResult): boolean {
  return judgements.every(({ verdict }) => verdict !== 'accuses');
}

export function toText(result: RoundResult): string {
  const { seed, minutes, tookS, lives, deeds, rows, heard, facts, wellAfterS, judgements } = result;
  const did = Object.entries(deeds).map(([name, count]) => `${name} ${count}`);
  const judged = judgements.flatMap(({ judge, verdict, why, accusations }) => [
    `  ${verdict.padEnd(8)}  ${judge}${why === null ? '' : `: ${why}`}`,
    ...accusations.slice(0, printedMax).map(({ mono, what }) => `      at ${(mono / 1000).toFixed(1)} s: ${what}`),
    ...(accusations.length > printedMax ? [`      … ${accusations.length - printedMax} more`] : []),
  ]);
  return [
    `vortex: seed ${seed}, ${minutes} min of faults, ${tookS.toFixed(0)} s in all; ${lives} lives, ${rows} rows, ${heard} reports heard, ${facts} facts`,
    `  ${did.join(', ')}`,
    `  ${wellAfterS === null ? 'not all was well in the end' : `all well and told ${wellAfterS.toFixed(1)} s after the healing`}`,
    ...judged,
    `  again (the same plan, another timing): npm run vortex -- --seed ${seed} --minutes ${minutes}`,
    '',
  ].join('\n');
}

export function toJson(result: RoundResult): string {
  return `${JSON.stringify({ what: 'vortex', good: isGood(result), ...result })}\n`;
}
