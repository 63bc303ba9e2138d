/** Who needs help near an alarm: how many for everybody, who only for those on duty. */
import type { JSX } from 'preact';
import type { AlarmRow } from '../../../api/state.js';
import { Shape } from '../design/shape.js';
import { site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';
import { CareList } from './care-list.js';
import { careNear, concerns, countOf, isBeside } from './steps.js';
import { useHouseholds } from './use-households.js';

export function CareNear({ row }: { readonly row: AlarmRow }): JSX.Element | null {
  const { t } = useWords();
  const near = careNear(
    useStore(site, (now) => now),
    row,
  );
  const { mayKnow, households } = useHouseholds(near.length > 0);
  if (near.length === 0) return null;
  const known = households
    .filter((each) => concerns(row, each))
    .sort((one, other) => Number(isBeside(row, other.near)) - Number(isBeside(row, one.near)));
  return (
    <section class="card care">
      <h2>
        <Shape name="people" />
        {t('first.care.count', { count: countOf(near) })}
      </h2>
      <CareList doors={near} known={known} mayKnow={mayKnow} />
    </section>
  );
}
