/** Somebody phoned, "smoke at house 12": written down before anybody runs, and closed when it was looked at. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../../design/field.js';
import { Shape } from '../../design/shape.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { SelectField } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';

const whats = ['fire', 'smoke', 'smell', 'gas', 'water', 'help'] as const;

export function CallReport(): JSX.Element {
  const { t, say } = useWords();
  const zones = useStore(site, (now) => now?.zones ?? null);
  const [place, setPlace] = useState('');
  const [what, setWhat] = useState('');
  const [zone, setZone] = useState('');
  const isPlaced = place.trim() !== '';
  const missing = isPlaced ? (what.trim() === '' ? t('call.what') : null) : t('call.place');
  return (
    <>
      <section class="card" aria-labelledby="call-title">
        <h2 id="call-title">
          <Shape name="phone" />
          {t('call.title')}
        </h2>
        <div class="form-line">
          <Field label={t('call.what')} value={what} onValue={setWhat} />
          <fieldset class="pick">
            <legend class="for-readers">{t('call.common')}</legend>
            {whats.map((each) => (
              <button
                key={each}
                class="chip"
                type="button"
                aria-pressed={what === t(`call.is.${each}`)}
                onClick={() => setWhat(t(`call.is.${each}`))}
              >
                {t(`call.is.${each}`)}
              </button>
            ))}
          </fieldset>
          <Field label={t('call.place')} value={place} onValue={setPlace} />
          <SelectField label={t('parts.zone')} value={zone} onValue={setZone}>
            <option value="">{t('call.zoneUnknown')}</option>
            {zones?.map(({ id, name }) => (
              <option key={id} value={id}>
                {say(name)}
              </option>
            ))}
          </SelectField>
          <OrderKey
            label={t('call.report')}
            shape="phone"
            level={2}
            isOpenAtBox
            isMain
            missing={missing === null ? null : t('parts.fillIn', { what: missing })}
            order={() => ({
              ask: 'call',
              place: place.trim(),
              zone: zone === '' ? null : zone,
              what: what.trim(),
            })}
            onDone={() => {
              setPlace('');
              setWhat('');
              setZone('');
            }}
          />
        </div>
      </section>
      <OpenCalls />
    </>
  );
}

function OpenCalls(): JSX.Element {
  const { t, say, day } = useWords();
  const incidents = useStore(live, (now) => now.state?.incidents ?? null);
  const calls = Object.values(incidents ?? {})
    .filter(({ kind, isClosed }) => kind === 'call' && !isClosed)
    .sort((one, other) => other.beganWall - one.beganWall);
  return (
    <section class="card" aria-labelledby="calls-title">
      <h2 id="calls-title">{t('call.open', { count: calls.length })}</h2>
      {calls.length === 0 && <p>{t('parts.none')}</p>}
      <ul class="open-list">
        {calls.map(({ id, name, place, beganWall }) => (
          <li key={id} class="open-item">
            <Shape name="phone" />
            <span>
              <b>{place}</b> <a href={href('/incident', [id])}>{say(name)}</a>
            </span>
            <time>{day(beganWall)}</time>
            <OrderKey
              label={t('call.close')}
              level={2}
              isOpenAtBox
              confirm={t('call.closeSure')}
              order={() => ({ ask: 'close-call', incident: id })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
