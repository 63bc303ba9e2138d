/** The first alarm, on every screen but the first, which shows it large. */
import type { JSX } from 'preact';
import { Shape } from '../design/shape.js';
import { byPrecedence } from '../first/precedence.js';
import { live, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';
import { href } from './route.js';

export function AlarmStrip({ isHidden }: { readonly isHidden: boolean }): JSX.Element | null {
  const { t, say } = useWords();
  const alarms = useStore(live, (now) => now.state?.alarms ?? null);
  const zones = useStore(site, (now) => now?.zones ?? null);
  const [first, ...rest] = alarms === null ? [] : byPrecedence(alarms);
  if (isHidden || first === undefined) return null;
  const where = say(first.place) || say(zones?.find(({ id }) => id === first.zone)?.name);
  return (
    <a class={`alarm-strip of-${first.class}`} href={href('/')}>
      <Shape name={first.class} />
      <strong>{t(`state.${first.class}`)}</strong>
      <span class="alarm-strip-where">
        {where} {say(first.name)}
      </span>
      {rest.length > 0 && <span class="alarm-strip-more">{t('first.more', { count: rest.length })}</span>}
    </a>
  );
}
