/** Entries by day; a touch opens one in full. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ProblemNote } from '../../design/problem-note.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { EntryLine } from './entry-line.js';
import { type HistoryBook, shownMax } from './history-book.js';

export function EntryList({ book }: { readonly book: HistoryBook }): JSX.Element {
  const { t } = useWords();
  const view = useStore(book.view, (now) => now);
  const [opened, setOpened] = useState<string | null>(null);
  const { entries, isBusy, isSearch, isCancelled, next, problem } = view;
  const isFull = entries.length >= shownMax;
  return (
    <section class="entries" aria-labelledby="entries-title">
      <h2 class="for-readers" id="entries-title">
        {t('history.entries')}
      </h2>
      <div class="entries-state">
        <p role="status">
          {isBusy
            ? t(isSearch ? 'history.searching' : 'parts.loading', { count: entries.length })
            : isFull
              ? t('history.full', { count: shownMax })
              : isCancelled
                ? t('history.cancelled', { count: entries.length })
                : entries.length === 0
                  ? t('history.nothing')
                  : t('history.count', { count: entries.length })}
        </p>
        {isBusy && isSearch && (
          <button class="button" type="button" onClick={() => book.cancel()}>
            {t('parts.cancel')}
          </button>
        )}
      </div>
      <ProblemNote problem={problem} />
      <ol class="entry-list">
        {entries.map((entry) => (
          <EntryLine
            key={entry.id}
            entry={entry}
            isOpen={opened === entry.id}
            onToggle={() => setOpened(opened === entry.id ? null : entry.id)}
          />
        ))}
      </ol>
      {next !== null && !isFull && (
        <button class="button" type="button" disabled={isBusy} onClick={() => book.more()}>
          {t('history.older')}
        </button>
      )}
    </section>
  );
}
