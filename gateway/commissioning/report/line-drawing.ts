/** The line quality as drawings: a strip for each unit, and its answer times against what was counted. SVG without a style of its own. Pure. */
import type { LineFigures } from '../../panel/api/commissioning.js';
import { type Html, html } from './html.js';

type Unit = LineFigures['units'][number];

/** Of a strip, in its own units. */
const cellWide = 8;
const stripHigh = 28;
/** Of a strip this many cells at least, so that a short one is not stretched. */
const cellsMin = 12;

/** Dark: answered; red, from above: not answered or garbled. A cell without a question stays white. */
export function stripDrawing({ strip }: Unit, label: string): Html {
  const cells = Math.max(cellsMin, strip.length);
  const bars = strip.flatMap(([answered, missed], at): readonly Html[] => {
    const all = answered + missed;
    if (all === 0) return [];
    const red = missed === 0 ? 0 : Math.max(3, Math.round((missed / all) * stripHigh));
    const x = at * cellWide;
    return [
      html`<rect class="good" x="${x}" y="${red}" width="${cellWide - 1}" height="${stripHigh - red}"/>`,
      ...(red === 0 ? [] : [html`<rect class="bad" x="${x}" y="0" width="${cellWide - 1}" height="${red}"/>`]),
    ];
  });
  return html`<svg class="strip" role="img" aria-label="${label}" viewBox="0 0 ${cells * cellWide} ${stripHigh}" preserveAspectRatio="xMinYMid meet">${bars}</svg>`;
}

/** Least to most as a bar, the median as a stroke, what was counted with as a dashed line. */
export function timesDrawing(unit: Unit, scaleMs: number, countedMs: number | null, label: string): Html {
  const { minMs, medianMs, maxMs } = unit;
  if (minMs === null || medianMs === null || maxMs === null) return html`–`;
  const x = (ms: number): number => Math.round((Math.min(ms, scaleMs) / scaleMs) * 1000) / 10;
  const counted = countedMs === null ? [] : [html`<path class="counted" d="M${x(countedMs)} 0V14"/>`];
  return html`<svg class="times" role="img" aria-label="${label}" viewBox="0 0 100 14" preserveAspectRatio="none"><rect class="range" x="${x(minMs)}" y="4" width="${Math.max(1, x(maxMs) - x(minMs))}" height="6"/><path class="median" d="M${x(medianMs)} 1V13"/>${counted}</svg>`;
}

/** The longest answer, or what was counted with, and some room; ms. */
export function timeScale({ units, counted }: LineFigures): number {
  const longest = Math.max(0, ...units.map(({ maxMs }) => maxMs ?? 0), counted?.turnaroundMs ?? 0);
  return Math.max(10, Math.ceil((longest * 1.1) / 10) * 10);
}
