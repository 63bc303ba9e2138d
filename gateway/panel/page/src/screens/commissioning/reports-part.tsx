/** Revisions that are kept on the box, each with its report. */
import type { JSX } from 'preact';
import { ask, pathOf } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { Shape } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import { useAsked } from '../parts/use-asked.js';

/** `serial`: asked again when the commissioning has changed. */
export function ReportsPart({ serial }: { readonly serial: number }): JSX.Element {
  const { t, date, language } = useWords();
  const { value, problem } = useAsked(`revisions ${serial}`, (signal) => ask('commissioningRevisions', { signal }));
  const lang = language === 'en' ? 'en' : 'zh';
  return (
    <section class="card" aria-labelledby="com-reports-title">
      <h2 id="com-reports-title">
        <Shape name="duty" />
        {t('com.tab.reports')}
      </h2>
      <ProblemNote problem={problem} />
      <p>{value !== null && value.length === 0 ? t('com.noReports') : t('com.printHint')}</p>
      <ul class="open-list">
        {(value ?? []).map(({ revision, frozenWall, tally, signatures, warrantyUntil }) => {
          const params = { revision: String(revision) };
          const { passed, all, failed, notTested: left } = tally;
          return (
            <li key={revision} class="open-item">
              <span>
                <b>{t('com.reportRow', { n: revision, time: date(frozenWall) })}</b>{' '}
                {t('com.tally', { passed, all, failed, left })}
                {signatures.map(({ role, name }) => ` · ${t(`com.role.${role}`)} ${name}`)}
                {warrantyUntil !== null && ` · ${t('com.until', { day: warrantyUntil })}`}
              </span>
              <a
                class="button"
                target="_blank"
                rel="noreferrer"
                href={`${pathOf('commissioningReport', params)}?lang=${lang}`}
              >
                {t('com.openReport')}
              </a>
              <a
                class="button"
                href={pathOf('commissioningRevision', params)}
                download={`commissioning-${revision}.json`}
              >
                {t('com.openData')}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
