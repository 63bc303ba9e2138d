import type { JSX } from 'preact';
import type { Household, SiteInfo } from '../../../api/site.js';
import { useWords } from '../words/use-words.js';

export interface CareListProps {
  readonly doors: SiteInfo['care'];
  /** Empty: only the doors are shown. */
  readonly known: readonly Household[];
  readonly mayKnow: boolean;
}

/** Doors for everybody at the box; who lives there, how to reach them and what they need from level Ⅱ. */
export function CareList({ doors, known, mayKnow }: CareListProps): JSX.Element {
  const { t, say } = useWords();
  if (known.length === 0) {
    return (
      <ul>
        {doors.map(({ place, households: count }) => (
          <li key={place?.zh ?? ''}>{place === null ? '' : t('first.care.where', { place: say(place), count })}</li>
        ))}
        {!mayKnow && <li class="soft">{t('first.care.signIn')}</li>}
      </ul>
    );
  }
  return (
    <ul>
      {known.map((each) => (
        <li key={each.id}>
          <b>{say(each.door)}</b> {each.people} {each.care.map((kind) => t(`first.care.${kind}`)).join(' · ')}
          {each.phone !== null && (
            <a class="phone" href={`tel:${each.phone}`}>
              {each.phone}
            </a>
          )}
          {each.note !== null && <small> {each.note}</small>}
        </li>
      ))}
    </ul>
  );
}
