/** One entry with everything that the journal keeps of it. */
import type { JSX } from 'preact';
import type { HistoryEntry } from '../../../../api/history.js';
import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { dayAndTime } from './entry-line.js';

export function EntryFull({ entry }: { readonly entry: HistoryEntry }): JSX.Element {
  const { t, say, day, time } = useWords();
  const zones = useStore(site, (now) => now?.zones ?? null);
  const zone = zones?.find(({ id }) => id === entry.zone);
  const rows: readonly (readonly [string, string | null])[] = [
    [t('entry.when'), dayAndTime(day(entry.wall), time(entry.wall))],
    [t('entry.clock'), t(`is.${entry.clock === 'trusted' || entry.clock === 'hinted' ? entry.clock : 'untrusted'}`)],
    [t('entry.zone'), zone === undefined ? entry.zone : say(zone.name)],
    [t('entry.by'), entry.origin],
    [t('entry.subject'), entry.subject],
    [t('entry.kind'), t(`kind.${entry.kind}`)],
    [t('entry.id'), entry.id],
    [t('entry.number'), `${entry.sequence} (${entry.epoch})`],
    [t('entry.boot'), entry.boot],
    ...Object.entries(entry.detail).map(([key, value]) => [key, textOf(value)] as const),
  ];
  return (
    <div class="entry-full">
      <dl>
        {rows.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {entry.alarm !== null && (
        <a class="button" href={href('/incident', [entry.alarm])}>
          {t('entry.incident')}
        </a>
      )}
    </div>
  );
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
