/** What was measured on the wire beside what was counted, the line quality as strips, and test reports on their way. */
import type { JSX } from 'preact';
import type { CommissioningView, LineFigures } from '../../../../api/commissioning.js';
import { Shape } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import { OrderKey } from '../parts/order-key.js';
import type { PartProps } from './begin-part.js';
import { ItemRow } from './item-row.js';
import { itemsOf } from './items.js';

const cellWide = 8;
const stripHigh = 24;
const cellsMin = 12;

export function WirePart({ view, again }: PartProps): JSX.Element {
  const { t, time } = useWords();
  const isOpen = view.state === 'open';
  const others = itemsOf(view, 'wire').filter(({ kind }) => kind !== 'line');
  return (
    <>
      {view.lines.map((line) => (
        <LinePart key={line.line} line={line} view={view} again={again} />
      ))}
      <section class="card" aria-labelledby="com-uplinks-title">
        <h2 id="com-uplinks-title">
          <Shape name="send" />
          {t('com.tab.wire')}
        </h2>
        <ul class="com-list">
          {others.map((item) => (
            <ItemRow key={item.id} item={item} isOpen={isOpen} again={again} />
          ))}
        </ul>
        {view.uplinks.map(({ uplink, queuedWall, carriedMs, keptMs }) => (
          <div class="com-proof" key={uplink}>
            <p>
              <b>{uplink}</b> {queuedWall === null ? t('com.notSent') : t('com.queued', { time: time(queuedWall) })}
              {carriedMs !== null && ` · ${t('com.carried', { ms: carriedMs })}`}
              {keptMs !== null && ` · ${t('com.kept', { ms: keptMs })}`}
            </p>
            {isOpen && (
              <OrderKey
                label={t('com.probe')}
                level={3}
                order={() => ({ ask: 'commissioning-probe', item: `uplink:${uplink}` })}
                onDone={again}
              />
            )}
          </div>
        ))}
      </section>
    </>
  );
}

interface LineProps extends PartProps {
  readonly line: LineFigures;
  readonly view: CommissioningView;
}

function LinePart({ line, view, again }: LineProps): JSX.Element {
  const { t, say, age } = useWords();
  const item = view.items.find(({ kind, subject }) => kind === 'line' && subject === line.line);
  const { counted, worstAgeMs, deadlineMs, loadPercent, measuredMs, stripMs } = line;
  const isOpen = view.state === 'open';
  return (
    <section class="card" aria-labelledby={`com-line-${line.line}`}>
      <h2 id={`com-line-${line.line}`}>
        <Shape name="health" />
        {say(line.name)} <small>{line.settings}</small>
      </h2>
      <p>
        {t('com.measuredFor', { age: age(measuredMs) })}
        {worstAgeMs !== null &&
          counted?.worstMs != null &&
          ` · ${t('com.worstAge', { seen: worstAgeMs, counted: counted.worstMs, limit: deadlineMs })}`}
        {loadPercent !== null &&
          counted !== null &&
          ` · ${t('com.load', { seen: loadPercent, counted: Math.ceil(counted.loadPercent) })}`}
      </p>
      <table class="cards-table">
        <thead>
          <tr>
            <th scope="col">{t('com.unit')}</th>
            <th scope="col">{t('com.answers')}</th>
            <th scope="col">{t('com.lost')}</th>
            <th scope="col">{t('com.garbled')}</th>
            <th scope="col">{t('com.times')}</th>
            <th scope="col">{t('com.strip', { age: age(stripMs) })}</th>
          </tr>
        </thead>
        <tbody>
          {line.units.map((unit) => (
            <tr key={unit.unit} data-faulty={unit.timeouts + unit.crcErrors > 0}>
              <th scope="row">
                {say(unit.name)} <small>{unit.unit}</small>
              </th>
              <td data-name={t('com.answers')}>{unit.answers}</td>
              <td data-name={t('com.lost')}>{unit.timeouts}</td>
              <td data-name={t('com.garbled')}>{unit.crcErrors}</td>
              <td data-name={t('com.times')}>
                {unit.minMs === null ? '–' : `${unit.minMs} / ${unit.medianMs} / ${unit.maxMs}`}
              </td>
              <td data-name={t('com.strip', { age: age(stripMs) })}>
                <Strip unit={unit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {item !== undefined && (
        <ul class="com-list">
          <ItemRow item={item} isOpen={isOpen} again={again} />
        </ul>
      )}
      {isOpen && item !== undefined && (
        <OrderKey
          label={t('com.measure')}
          level={3}
          order={() => ({ ask: 'commissioning-probe', item: item.id })}
          onDone={again}
        />
      )}
    </section>
  );
}

/** Dark: answered; red from above: not. The numbers stand beside it. */
function Strip({ unit }: { readonly unit: LineFigures['units'][number] }): JSX.Element {
  const wide = Math.max(cellsMin, unit.strip.length) * cellWide;
  return (
    <svg class="com-strip" viewBox={`0 0 ${wide} ${stripHigh}`} aria-hidden="true" focusable="false">
      {unit.strip.map(([answered, missed], at) => {
        const all = answered + missed;
        if (all === 0) return null;
        const bad = missed === 0 ? 0 : Math.max(3, Math.round((missed / all) * stripHigh));
        return (
          <g key={at}>
            <rect class="com-good" x={at * cellWide} y={bad} width={cellWide - 1} height={stripHigh - bad} />
            {bad > 0 && <rect class="com-bad" x={at * cellWide} y={0} width={cellWide - 1} height={bad} />}
          </g>
        );
      })}
    </svg>
  );
}
