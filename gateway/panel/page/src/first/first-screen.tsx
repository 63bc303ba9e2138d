/** The first screen: one look says what is wrong, where, and what to do; nothing else stands on it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';
import { AlarmDetails } from './alarm-details.js';
import { AlarmItem } from './alarm-item.js';
import { BigStatePanel } from './big-state-panel.js';
import { byPrecedence } from './precedence.js';
import { Quiet } from './quiet.js';

/** Drawn at once; the rest is counted and one touch away. A flood of alarms must not make the page slow. */
const shownMax = 30;

export function FirstScreen(): JSX.Element {
  const { t } = useWords();
  const alarms = useStore(live, (now) => now.state?.alarms ?? null);
  const [opened, setOpened] = useState<string | null>(null);
  const [isAllShown, showAll] = useState(false);
  const [first, ...others] = alarms === null ? [] : byPrecedence(alarms);
  const shown = isAllShown ? others : others.slice(0, shownMax);
  return (
    <div class="first">
      <h1 class="for-readers">{t('first.title')}</h1>
      <BigStatePanel first={first ?? null} count={others.length + (first === undefined ? 0 : 1)} />
      {first === undefined ? <Quiet /> : <AlarmDetails row={first} />}
      {others.length > 0 && (
        <section class="others" aria-labelledby="others-title">
          <h2 id="others-title">{t('first.more', { count: others.length })}</h2>
          <ol class="alarm-list">
            {shown.map((row) => (
              <AlarmItem
                key={row.subject}
                row={row}
                isOpen={opened === row.subject}
                onToggle={() => setOpened(opened === row.subject ? null : row.subject)}
              />
            ))}
          </ol>
          {shown.length < others.length && (
            <button class="button" type="button" onClick={() => showAll(true)}>
              {t('first.more', { count: others.length - shown.length })}
            </button>
          )}
        </section>
      )}
    </div>
  );
}
