/** Contact is lost: said largest of all, with the time of the last news; everything else is grey and hatched by the style sheet. */
import type { JSX } from 'preact';
import { Shape } from '../design/shape.js';
import { live } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { lostQuietMs } from '../sound/sound.js';
import { useWords } from '../words/use-words.js';

export function LostBanner(): JSX.Element | null {
  const { t, time, day } = useWords();
  const isLost = useStore(live, ({ contact }) => contact === 'lost');
  const isWatchSilent = useStore(live, (now) => now.isWatchSilent);
  const newsWall = useStore(live, (now) => now.newsWall);
  if (!isLost) return null;
  return (
    <section class="lost" role="alert">
      <Shape name="lost" />
      <div>
        <h1>{t('lost.title')}</h1>
        <p class="lost-since">
          {newsWall === null
            ? t('lost.never')
            : t('lost.since', { time: `${day(newsWall).split(/[ ,]/)[0]} ${time(newsWall)}` })}
        </p>
        {isWatchSilent && <p>{t('lost.silent')}</p>}
        <p>{t('lost.trying')}</p>
        <p>{t('lost.todo')}</p>
        <p>{t('lost.hush', { minutes: Math.round(lostQuietMs / 60_000) })}</p>
      </div>
    </section>
  );
}
