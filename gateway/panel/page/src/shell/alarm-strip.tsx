/** The first alarm, on every screen but the first, which shows it large. */
import type { JSX } from 'preact';
import { Shape } from '../design/shape.js';
import { byPrecedence } from '../first/precedence.js';
import { whereWords } from '../first/where-words.js';
import { live, site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';
import { href } from './route.js';

export function AlarmStrip({ isHidden }: { readonly isHidden: boolean }): JSX.Element | null {
  const words = useWords();
  const { t, say } = words;
  const alarms = useStore(live, (now) => now.state?.alarms ?? null);
  const info = useStore(site, (now) => now);
  const [first, ...rest] = alarms === null ? [] : byPrecedence(alarms);
  if (isHidden || first === undefined) return null;
  return (
    <a class={`alarm-strip of-${first.class}`} href={href('/')}>
      <Shape name={first.class} />
      <strong>{t(`state.${first.class}`)}</strong>
      <span class="alarm-strip-where">
        {whereWords(first, info, words)} {say(first.name)}
      </span>
      {rest.length > 0 && <span class="alarm-strip-more">{t('first.more', { count: rest.length })}</span>}
    </a>
  );
}
