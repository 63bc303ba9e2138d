/** All alarms but the first, by precedence and age. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AlarmRow } from '../../../api/state.js';
import { useWords } from '../words/use-words.js';
import { AlarmItem } from './alarm-item.js';

/** Drawn at once; the rest is counted and one touch away. A flood of alarms must not make the page slow. */
const shownMax = 30;

export function OtherAlarms({ rows }: { readonly rows: readonly AlarmRow[] }): JSX.Element {
  const { t } = useWords();
  const [opened, setOpened] = useState<string | null>(null);
  const [isAllShown, showAll] = useState(false);
  const shown = isAllShown ? rows : rows.slice(0, shownMax);
  return (
    <section class="others" aria-labelledby="others-title">
      <h2 id="others-title">{t('first.more', { count: rows.length })}</h2>
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
      {shown.length < rows.length && (
        <button class="button" type="button" onClick={() => showAll(true)}>
          {t('first.more', { count: rows.length - shown.length })}
        </button>
      )}
    </section>
  );
}
