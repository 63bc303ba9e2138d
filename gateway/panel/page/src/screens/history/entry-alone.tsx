/** One entry by its address: `#/history/<id>`. */
import type { JSX } from 'preact';
import { ask } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { useAsked } from '../parts/use-asked.js';
import { EntryFull } from './entry-full.js';

export function EntryAlone({ id }: { readonly id: string }): JSX.Element {
  const { t, say } = useWords();
  const { value, problem, isBusy } = useAsked(id, (signal) => ask('entry', { params: { id }, signal }));
  return (
    <article class="card">
      <p>
        <a class="button" href={href('/history')}>
          {t('parts.history')}
        </a>
      </p>
      <h1>{say(value?.words)}</h1>
      {isBusy && <p role="status">{t('parts.loading')}</p>}
      <ProblemNote problem={problem} />
      {value !== null && <EntryFull entry={value} />}
    </article>
  );
}
