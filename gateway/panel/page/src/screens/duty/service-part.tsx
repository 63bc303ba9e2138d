/** What is shelved, out of service or under test, put back with one touch; and taking something out. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SiteInfo } from '../../../../api/site.js';
import { Shape } from '../../design/shape.js';
import { live, nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { OneOf, SelectField } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';

const hourMs = 3_600_000;
/** As long as the desk takes: a shelving a day, out of service a week. */
const hours = { shelved: [1, 4, 8, 24], 'out-of-service': [1, 8, 24, 168] } as const;

export function ServicePart(): JSX.Element {
  const { t, say, age } = useWords();
  const services = useStore(live, (now) => now.state?.services ?? null);
  const wall = useStore(nowWall, (now) => now);
  const rows = Object.values(services ?? {}).sort((one, other) => one.untilWall - other.untilWall);
  return (
    <>
      <section class="card" aria-labelledby="service-title">
        <h2 id="service-title">
          <Shape name="settings" />
          {t('service.title', { count: rows.length })}
        </h2>
        {rows.length === 0 && <p>{t('service.none')}</p>}
        <ul class="open-list">
          {rows.map(({ subject, name, is, by, untilWall }) => (
            <li key={subject} class="open-item">
              <span>
                <b>{t(`service.is.${is}`)}</b> {say(name)}
                <small>
                  {' '}
                  {by} · {t('duty.endsIn', { age: age(untilWall - wall) })}
                </small>
              </span>
              {is !== 'under-test' && (
                <OrderKey
                  label={t('service.back')}
                  level={2}
                  order={() => ({ ask: 'in-service', subjects: [subject], forMs: 0 })}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
      <TakeOut />
    </>
  );
}

function TakeOut(): JSX.Element {
  const { t, say } = useWords();
  const info = useStore(site, (now) => now);
  const [to, setTo] = useState<'shelved' | 'out-of-service'>('shelved');
  const [what, setWhat] = useState('');
  const [long, setLong] = useState('1');
  const lengths: readonly number[] = hours[to];
  const forHours = lengths.find((each) => String(each) === long) ?? 1;
  return (
    <section class="card" aria-labelledby="take-out-title">
      <h2 id="take-out-title">{t('service.takeOut')}</h2>
      <div class="form-line">
        <OneOf
          legend={t('service.how')}
          options={[
            { id: 'shelved', label: t('service.shelve') },
            { id: 'out-of-service', label: t('service.outOfService') },
          ]}
          chosen={to}
          onChosen={setTo}
        />
        <p class="hint">{t(to === 'shelved' ? 'service.shelveHint' : 'service.outHint')}</p>
        <SelectField label={t('history.device')} value={what} onValue={setWhat}>
          <option value="">{t('service.choose')}</option>
          <Choices info={info} isShelving={to === 'shelved'} />
        </SelectField>
        <OneOf
          legend={t('service.long')}
          options={lengths.map((each) => ({ id: String(each), label: t('service.hours', { count: each }) }))}
          chosen={String(forHours)}
          onChosen={setLong}
        />
        <OrderKey
          label={t(to === 'shelved' ? 'service.shelve' : 'service.outOfService')}
          level={to === 'shelved' ? 2 : 3}
          missing={what === '' ? t('service.choose') : null}
          confirm={t('service.sure', { name: nameOf(info, what, say), hours: forHours })}
          order={() => ({ ask: to, subjects: [what], forMs: forHours * hourMs })}
          onDone={() => setWhat('')}
        />
      </div>
    </section>
  );
}

/** Fire can not be shelved, so it is not offered; a device goes out of service with all that it has. */
function Choices({ info, isShelving }: { readonly info: SiteInfo | null; readonly isShelving: boolean }): JSX.Element {
  const { say } = useWords();
  const points = (info?.points ?? []).filter((point) => point.class !== null && point.class !== 'fire');
  const offered = isShelving ? points.map((point) => ({ ...point, id: `point:${point.id}` })) : (info?.devices ?? []);
  return (
    <>
      {offered.map(({ id, name, place }) => (
        <option key={id} value={id}>
          {`${say(place)} ${say(name)}`.trim()}
        </option>
      ))}
    </>
  );
}

function nameOf(info: SiteInfo | null, id: string, say: (words: SiteInfo['name'] | null) => string): string {
  const found =
    info?.devices.find((each) => each.id === id) ?? info?.points.find((each) => `point:${each.id}` === id) ?? null;
  return found === null ? '' : `${say(found.place)} ${say(found.name)}`.trim();
}
