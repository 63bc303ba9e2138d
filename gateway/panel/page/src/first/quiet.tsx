/** Nothing is wrong: who is on duty, whether the centres can be reached, what is shelved. */
import type { JSX } from 'preact';
import { live, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';

export function Quiet(): JSX.Element | null {
  const { t, say, day } = useWords();
  const state = useStore(live, (now) => now.state);
  const uplinks = useStore(site, (now) => now?.uplinks.length ?? 0);
  if (state === null) return null;
  const { shift } = state;
  const up = Object.values(state.uplinks).filter(({ isUp }) => isUp).length;
  const services = Object.values(state.services).length;
  const sounds = Object.values(state.soundings);
  return (
    <dl class="quiet">
      <div>
        <dt>{t('first.duty')}</dt>
        <dd>
          {shift.person ?? t('first.duty.nobody')}
          {shift.sinceWall !== null && <small>{t('first.duty.since', { time: day(shift.sinceWall) })}</small>}
        </dd>
      </div>
      <div>
        <dt>{t('first.uplinks')}</dt>
        <dd>{uplinks === 0 ? t('first.uplinks.none') : t('first.uplinks.up', { up, all: uplinks })}</dd>
      </div>
      <div>
        <dt>{t('first.services')}</dt>
        <dd>{services === 0 ? t('first.services.none') : t('first.services.count', { count: services })}</dd>
      </div>
      {sounds.length > 0 && (
        <div>
          <dt>{t('first.sounds')}</dt>
          {sounds.map((each) => (
            <dd key={each.id}>
              {each.where.length === 0
                ? say(each.words)
                : t('first.sounds.where', { words: say(each.words), where: each.where.map(say).join('、') })}
            </dd>
          ))}
        </div>
      )}
    </dl>
  );
}
