/** Who needs help near an alarm: how many for everybody, who only for those on duty. Names are asked for when they are needed. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Household } from '../../../api/site.js';
import type { AlarmRow } from '../../../api/state.js';
import { ask } from '../api/client.js';
import { Shape } from '../design/shape.js';
import { site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import { careNear } from './steps.js';

export function CareNear({ row }: { readonly row: AlarmRow }): JSX.Element | null {
  const { t, say } = useWords();
  const info = useStore(site, (now) => now);
  const mayKnow = useStore(me, (now) => (now?.level ?? 0) >= 2);
  const near = careNear(info, row);
  const [households, setHouseholds] = useState<readonly Household[]>([]);
  const isNeeded = mayKnow && near.length > 0;
  useEffect(() => {
    let isGone = false;
    setHouseholds([]);
    if (isNeeded) {
      void ask('households').then((answer) => {
        if (!isGone && answer.isOk) setHouseholds(answer.value);
      });
    }
    return () => {
      isGone = true;
    };
  }, [isNeeded]);
  if (near.length === 0) return null;
  const known = households.filter(({ zone }) => zone === row.zone);
  const isBeside = ({ near: devices }: Household): boolean => row.device !== null && devices.includes(row.device);
  const inOrder = [...known].sort((one, other) => Number(isBeside(other)) - Number(isBeside(one)));
  return (
    <section class="card care">
      <h2>
        <Shape name="people" />
        {t('first.care.count', { count: near.reduce((sum, { households: count }) => sum + count, 0) })}
      </h2>
      {inOrder.length === 0 ? (
        <ul>
          {near.map(({ place, households: count }) => (
            <li key={place?.zh ?? ''}>{place === null ? '' : t('first.care.where', { place: say(place), count })}</li>
          ))}
          {!mayKnow && <li class="soft">{t('first.care.signIn')}</li>}
        </ul>
      ) : (
        <ul>
          {inOrder.map((each) => (
            <li key={each.id}>
              <b>{say(each.door)}</b> {each.people} {each.care.map((kind) => t(`first.care.${kind}`)).join(' · ')}
              {each.phone !== null && <a href={`tel:${each.phone}`}> {each.phone}</a>}
              {each.note !== null && <small> {each.note}</small>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
