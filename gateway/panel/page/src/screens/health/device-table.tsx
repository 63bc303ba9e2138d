import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Shape } from '../../design/shape.js';
import { Switch } from '../../design/switch.js';
import { nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { withUnit } from '../parts/point-words.js';
import type { DeviceHealth } from './intact.js';

/** Rows drawn at once. */
const shownMax = 40;
/** A device that was seen within this is seen now, ms. */
const freshMs = 120_000;

export function DeviceTable({ devices }: { readonly devices: readonly DeviceHealth[] }): JSX.Element | null {
  const { t, say, age, day } = useWords();
  const wall = useStore(nowWall, (now) => now);
  const lines = useStore(site, (now) => now?.lines ?? null);
  const [isFaulty, setFaulty] = useState(false);
  const [isAll, setAll] = useState(false);
  if (devices.length === 0) return null;
  const wanted = devices.filter(({ is }) => !isFaulty || is !== 'intact');
  const shown = isAll ? wanted : wanted.slice(0, shownMax);
  return (
    <section class="card" aria-labelledby="devices-title">
      <h2 id="devices-title">{t('health.deviceList', { count: devices.length })}</h2>
      <Switch label={t('health.onlyFaulty')} isOn={isFaulty} onTurn={setFaulty} />
      <table class="cards-table">
        <thead>
          <tr>
            <th scope="col">{t('history.device')}</th>
            <th scope="col">{t('health.state')}</th>
            <th scope="col">{t('health.seen')}</th>
            <th scope="col">{t('health.quality')}</th>
            <th scope="col">{t('health.line')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ device, is, fault, seenWall, qualityPercent }) => (
            <tr key={device.id} data-faulty={is === 'faulty'}>
              <th scope="row">
                <a href={href('/history', [], { device: device.id })}>
                  {say(device.place)} {say(device.name)}
                </a>
                <small> {device.id}</small>
              </th>
              <td data-name={t('health.state')}>
                <span class={`standing of-${is === 'intact' ? 'normal' : is === 'faulty' ? 'fault' : 'lost'}`}>
                  <Shape name={is === 'intact' ? 'normal' : is === 'faulty' ? 'fault' : 'connecting'} />
                  {t(`health.is.${is}`)}
                </span>
                {fault !== null && <small> {t('first.since', { age: age(wall - fault.raisedWall) })}</small>}
              </td>
              <td data-name={t('health.seen')}>
                {seenWall === null
                  ? fault === null
                    ? t('health.never')
                    : t('health.before', { time: day(fault.raisedWall) })
                  : wall - seenWall < freshMs
                    ? t('health.justNow')
                    : t('health.ago', { age: age(wall - seenWall) })}
              </td>
              <td data-name={t('health.quality')}>{qualityPercent === null ? '–' : withUnit(qualityPercent, '%')}</td>
              <td data-name={t('health.line')}>{say(lines?.find(({ id }) => id === device.line)?.name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < wanted.length && (
        <button class="button" type="button" onClick={() => setAll(true)}>
          {t('first.more', { count: wanted.length - shown.length })}
        </button>
      )}
    </section>
  );
}
