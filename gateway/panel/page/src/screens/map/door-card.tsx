/** A door on the plan: how many live behind it who need help; who they are, for those on duty. */
import type { JSX } from 'preact';
import { CareList } from '../../first/care-list.js';
import { useHouseholds } from '../../first/use-households.js';
import { useWords } from '../../words/use-words.js';
import { type Door, isBehind } from './doors.js';
import { ThingHead } from './thing-head.js';

export function DoorCard({ door, onClose }: { readonly door: Door; readonly onClose: () => void }): JSX.Element {
  const { t, say } = useWords();
  const { mayKnow, households } = useHouseholds(true);
  return (
    <section class="card thing-card care" aria-labelledby="thing-title">
      <ThingHead name={say(door.place)} onClose={onClose} />
      <p>
        <b>{t('first.care.count', { count: door.households })}</b>
      </p>
      <CareList doors={[door]} known={households.filter((each) => isBehind(each, door))} mayKnow={mayKnow} />
    </section>
  );
}
