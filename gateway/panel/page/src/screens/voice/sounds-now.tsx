import type { JSX } from 'preact';
import type { PanelState } from '../../../../api/state.js';
import { Shape } from '../../design/shape.js';
import { live, nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { OrderKey } from '../parts/order-key.js';
import { useWho } from '../parts/use-who.js';

/** Sirens and loudspeakers that sound, each with its reason and whatever stops it. */
export function SoundsNow(): JSX.Element {
  const { t, say } = useWords();
  const state = useStore(live, (now) => now.state);
  const outputs = useStore(site, (now) => now?.outputs ?? null);
  const on = Object.values(state?.outputs ?? {}).filter(({ desired, proven }) => desired === true || proven === true);
  const soundings = Object.values(state?.soundings ?? {});
  const isQuiet = on.length === 0 && soundings.length === 0;
  const said = soundings.some(({ kind, origin }) => kind === 'saying' && origin !== null);
  return (
    <section class="card" aria-labelledby="sounds-title">
      <h2 id="sounds-title">
        <Shape name="voice" />
        {t('voice.now')}
      </h2>
      {isQuiet && <p>{t('voice.quiet')}</p>}
      <ul class="open-list">
        {on.map(({ id, proven, because }) => (
          <li key={id} class="open-item">
            <Shape name="voice" />
            <span>
              <b>{say(outputs?.find((each) => each.id === id)?.name) || id}</b>{' '}
              {t(proven === true ? 'siren.is.on' : 'voice.wanted')}
              {because.length > 0 && (
                <small>
                  {' '}
                  {t('voice.because', { what: because.map((subject) => nameOf(subject, state, say)).join('、') })}
                </small>
              )}
            </span>
          </li>
        ))}
        {soundings.map((each) => (
          <Sounding key={each.id} sounding={each} />
        ))}
      </ul>
      {state?.head.isSounding === true && <p class="hint">{t('voice.silenceHint')}</p>}
      {said && (
        <OrderKey label={t('voice.stop')} shape="close" level={2} isMain order={() => ({ ask: 'broadcast-stop' })} />
      )}
    </section>
  );
}

type Row = PanelState['soundings'][string];

function Sounding({ sounding }: { readonly sounding: Row }): JSX.Element {
  const { t, say, age } = useWords();
  const who = useWho();
  const wall = useStore(nowWall, (now) => now);
  const { kind, words, where, origin, untilWall } = sounding;
  return (
    <li class="open-item">
      <Shape name={kind === 'saying' ? 'voice' : kind === 'exercise' ? 'drill' : 'test'} />
      <span>
        <b>{say(words)}</b> {where.map(say).join('、')}
        <small>
          {' '}
          {origin === null ? t('voice.byAlarm') : t('voice.by', { who: who(origin) })}
          {untilWall !== null && ` · ${t('duty.endsIn', { age: age(untilWall - wall) })}`}
        </small>
      </span>
      {kind !== 'saying' && (
        <a class="button" href={href('/duty', [kind === 'exercise' ? 'drill' : 'walk-test'])}>
          {t('voice.toEnd')}
        </a>
      )}
    </li>
  );
}

function nameOf(subject: string, state: PanelState | null, say: (words: Row['words']) => string): string {
  const row = state?.alarms[subject];
  return row === undefined ? subject : say(row.name);
}
