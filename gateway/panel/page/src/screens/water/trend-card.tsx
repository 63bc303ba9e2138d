/** The trend of one point: 24 hours or 30 days, limits drawn in, and the same as a table. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { live, nowWall } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { settings } from '../../settings/settings.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { OneOf } from '../parts/fields.js';
import { rounded, valueWords, withUnit } from '../parts/point-words.js';
import { useAsked } from '../parts/use-asked.js';
import type { PointInfo } from './gauges.js';
import type { PlotLook } from './plot.js';
import { type Buckets, seriesOf, summaryOf } from './trend-series.js';
import { TrendTable } from './trend-table.js';

const dayMs = 86_400_000;
const spansMs = { day: dayMs, month: 30 * dayMs } as const;
const buckets = { day: 288, month: 360 } as const;
/** The newest part is asked for again so often, ms. */
const againMs = 60_000;

export function TrendCard({ point }: { readonly point: PointInfo }): JSX.Element {
  const words = useWords();
  const { t, say } = words;
  const now = useStore(live, ({ state }) => state?.points[point.id]);
  const [span, setSpan] = useState<'day' | 'month'>('day');
  const { value, problem, isBusy } = useAsked(
    `${point.id} ${span}`,
    (signal) => {
      const toWall = nowWall.get();
      const query = { point: point.id, fromWall: toWall - spansMs[span], toWall, buckets: buckets[span] };
      return ask('trend', { query, signal });
    },
    againMs,
  );
  const shown = value?.point === point.id ? value.buckets : null;
  const { low, high } = point.limits ?? { low: null, high: null };
  const summary = shown === null ? null : summaryOf(shown);
  const unit = point.physicalUnit;
  return (
    <section class="card trend" aria-labelledby="trend-title">
      <h2 id="trend-title">
        {say(point.place)} {say(point.name)}
      </h2>
      <p class="trend-now">
        <strong>{valueWords(point, now, words)}</strong>
        {low !== null && <span>{t('parts.lowLimit', { value: withUnit(low, unit) })}</span>}
        {high !== null && <span>{t('parts.highLimit', { value: withUnit(high, unit) })}</span>}
      </p>
      <OneOf
        legend={t('history.span')}
        options={[
          { id: 'day', label: t('history.span.day') },
          { id: 'month', label: t('history.span.month') },
        ]}
        chosen={span}
        onChosen={setSpan}
      />
      <ProblemNote problem={problem} />
      <p role="status">
        {isBusy && shown === null
          ? t('parts.loading')
          : summary === null
            ? t('trend.nothing')
            : t('trend.summary', { least: withUnit(summary.least, unit), largest: withUnit(summary.largest, unit) })}
        {summary !== null && summary.gaps > 0 && ` ${t('trend.gaps')}`}
      </p>
      {shown !== null && summary !== null && (
        <>
          <Plot shown={shown} point={point} span={span} />
          <TrendTable buckets={shown} unit={unit} isLong={span === 'month'} />
        </>
      )}
      <a class="button" href={href('/history', [], point.device === null ? {} : { device: point.device })}>
        {t('parts.history')}
      </a>
    </section>
  );
}

interface PlotProps {
  readonly shown: Buckets;
  readonly point: PointInfo;
  readonly span: 'day' | 'month';
}

/** A picture: whoever can not see it has the table. */
function Plot({ shown, point, span }: PlotProps): JSX.Element {
  const { t, day } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const [isMissing, setMissing] = useState(false);
  const look = useStore(settings, (now) => now);
  useEffect(() => {
    let remove = (): void => {};
    let isGone = false;
    const draw = async (): Promise<void> => {
      const { drawPlot } = await import('./plot.js');
      if (isGone || place.current === null) return;
      remove = drawPlot(place.current, {
        series: seriesOf(shown),
        limits: [point.limits?.low ?? null, point.limits?.high ?? null].filter((each) => each !== null),
        look: lookOf(place.current),
        height: 240,
        timeWords: (wall) => day(wall).split(/[ ,]+/)[span === 'day' ? 1 : 0] ?? '',
        valueWords: rounded,
      });
    };
    // It is one file of the same gateway: when it is not there, the table says the same.
    draw().catch(() => setMissing(true));
    return () => {
      isGone = true;
      remove();
    };
  }, [shown, point, span, look]);
  return (
    <div class="plot" aria-hidden="true" ref={place}>
      {isMissing && <p>{t('trend.noPlot')}</p>}
    </div>
  );
}

function lookOf(element: HTMLElement): PlotLook {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  const value = of('--link');
  return {
    ...{ ink: of('--ink'), line: of('--line'), value, limit: of('--fire-line') || of('--fire') },
    soft: `${value}33`,
    font: `14px ${style.fontFamily}`,
  };
}
