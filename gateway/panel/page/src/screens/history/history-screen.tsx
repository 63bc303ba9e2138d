/** Everything in the journal, newest first, by time, class, zone, device and text. */
import './history.css';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { keep, route } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { ExportKeys } from '../parts/export-keys.js';
import { EntryAlone } from './entry-alone.js';
import { EntryList } from './entry-list.js';
import { openHistory } from './history-book.js';
import { HistoryFilter } from './history-filter.js';
import { formOf, type HistoryForm, queryOf, soughtBy } from './history-form.js';

export function HistoryScreen(): JSX.Element {
  const [id] = useStore(route, (now) => now.rest);
  return id === undefined ? <HistoryList /> : <EntryAlone id={id} />;
}

function HistoryList(): JSX.Element {
  const { t } = useWords();
  const [book] = useState(openHistory);
  const [form, setForm] = useState<HistoryForm>(() => formOf(route.get().query));
  const timeZone = useStore(site, (now) => now?.timeZone ?? null);
  const sought = () => soughtBy(form, nowWall.get(), timeZone);
  useEffect(() => {
    book.look(sought(), form.isFree);
    return () => book.cancel();
  }, [book]);
  const look = (): void => {
    keep('/history', [], queryOf(form));
    book.look(sought(), form.isFree);
  };
  return (
    <div class="history">
      <h1 class="for-readers">{t('nav.history')}</h1>
      <HistoryFilter form={form} onForm={setForm} onLook={look} />
      <EntryList book={book} />
      <section class="history-export" aria-labelledby="export-title">
        <h2 id="export-title">{t('history.export')}</h2>
        <p class="hint">{t('history.exportHint')}</p>
        <ExportKeys span={sought} name="gengfu-history" />
      </section>
    </div>
  );
}
