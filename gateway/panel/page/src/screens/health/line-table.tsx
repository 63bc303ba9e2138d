import type { JSX } from 'preact';
import { useWords } from '../../words/use-words.js';
import { withUnit } from '../parts/point-words.js';
import type { LineHealth } from './intact.js';

export function LineTable({ lines }: { readonly lines: readonly LineHealth[] }): JSX.Element | null {
  const { t, say } = useWords();
  const percent = (value: number | null): string => (value === null ? '–' : withUnit(value, '%'));
  if (lines.length === 0) return null;
  return (
    <section class="card" aria-labelledby="lines-title">
      <h2 id="lines-title">{t('health.lines')}</h2>
      <table class="cards-table">
        <thead>
          <tr>
            <th scope="col">{t('health.line')}</th>
            <th scope="col">{t('health.load')}</th>
            <th scope="col">{t('health.worst')}</th>
            <th scope="col">{t('health.scanAge')}</th>
            <th scope="col">{t('health.devices')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, loadPercent, worstPercent, scanAgeMs, devices, faulty }) => (
            <tr key={line.id} data-faulty={faulty > 0}>
              <th scope="row">{say(line.name)}</th>
              <td data-name={t('health.load')}>{percent(loadPercent)}</td>
              <td data-name={t('health.worst')}>{percent(worstPercent)}</td>
              <td data-name={t('health.scanAge')}>{scanAgeMs === null ? '–' : withUnit(scanAgeMs / 1000, 's')}</td>
              <td data-name={t('health.devices')}>{t('health.ofDevices', { good: devices - faulty, all: devices })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
