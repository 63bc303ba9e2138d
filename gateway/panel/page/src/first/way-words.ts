/** How far a report has come at one centre, or why it does not go there: the word for it. */
import type { AlarmRow } from '../../../api/state.js';
import type { WordKey } from '../words/words.js';

export function wayWord(how: AlarmRow['told'][number]['how']): WordKey {
  return how === 'nobody' ? 'first.told.nobody-there' : `first.told.${how}`;
}
