/** Draws a trend with uPlot; loaded when the first one is opened. The only file that knows uPlot. */
import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import type { Series } from './trend-series.js';

export interface PlotLook {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly value: string;
  readonly limit: string;
  readonly font: string;
}

export interface PlotAsked {
  readonly series: Series;
  /** In the unit of the values. */
  readonly limits: readonly number[];
  readonly look: PlotLook;
  readonly height: number;
  /** Of a time on the axis, ms. */
  readonly timeWords: (wall: number) => string;
  readonly valueWords: (value: number) => string;
}

/** Room for the words of the axes, px. */
const leftPx = 64;
const belowPx = 36;
/** Between two words of the time axis, px. */
const apartPx = 90;

/** The answer takes it away again. */
export function drawPlot(into: HTMLElement, asked: PlotAsked): () => void {
  const { series, limits, look, height, timeWords, valueWords } = asked;
  const seconds = [...series.seconds];
  const flat = limits.map((limit) => seconds.map(() => limit));
  const grid = { stroke: look.line, width: 1 };
  const axis = { stroke: look.ink, font: look.font, grid, ticks: grid };
  const plot = new uPlot(
    {
      width: widthOf(into),
      height,
      cursor: { show: false },
      legend: { show: false },
      scales: { y: { range: (_, least, largest) => rangeOf(least, largest) } },
      axes: [
        { ...axis, size: belowPx, space: apartPx, values: (_, splits) => splits.map((each) => timeWords(each * 1000)) },
        { ...axis, size: leftPx, values: (_, splits) => splits.map(valueWords) },
      ],
      series: [
        {},
        { stroke: 'transparent', spanGaps: false, points: { show: false } },
        { stroke: 'transparent', spanGaps: false, points: { show: false } },
        { stroke: look.value, width: 2, spanGaps: false, points: { show: false } },
        ...limits.map(() => ({ stroke: look.limit, width: 2, dash: [8, 6], points: { show: false } })),
      ],
      bands: [{ series: [1, 2], fill: look.soft }],
    },
    [seconds, [...series.largest], [...series.least], [...series.last], ...flat],
    into,
  );
  const watcher = new ResizeObserver(() => plot.setSize({ width: widthOf(into), height }));
  watcher.observe(into);
  return () => {
    watcher.disconnect();
    plot.destroy();
  };
}

function widthOf(element: HTMLElement): number {
  return Math.max(200, element.clientWidth);
}

/** A little more than what there is; a value that never moves is drawn in the middle. */
function rangeOf(least: number, largest: number): [number, number] {
  if (!Number.isFinite(least) || !Number.isFinite(largest)) return [0, 1];
  const room = (largest - least || Math.abs(largest) || 1) * 0.1;
  return [least >= 0 && least - room < 0 ? 0 : least - room, largest + room];
}
