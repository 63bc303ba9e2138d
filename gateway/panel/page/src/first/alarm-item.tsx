/** One line of the list; a touch opens its details. */
import type { JSX } from 'preact';
import type { AlarmRow } from '../../../api/state.js';
import { Shape } from '../design/shape.js';
import { useWords } from '../words/use-words.js';
import { AlarmDetails } from './alarm-details.js';
import { AlarmMarks, Since, usePlace } from './alarm-parts.js';

export interface AlarmItemProps {
  readonly row: AlarmRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function AlarmItem({ row, isOpen, onToggle }: AlarmItemProps): JSX.Element {
  const { t, say } = useWords();
  const { place, zone } = usePlace(row);
  return (
    <li class={`alarm of-${row.class}`} data-active={row.isActive}>
      <button class="alarm-line" type="button" aria-expanded={isOpen} onClick={onToggle}>
        <span class="alarm-sign">
          <Shape name={row.class} />
          <span>{t(`state.${row.class}`)}</span>
        </span>
        <span class="alarm-words">
          <strong>{place}</strong>
          <span class="alarm-what">
            {say(row.name)}
            {zone !== '' && zone !== place && <small> {zone}</small>}
          </span>
        </span>
        <span class="alarm-since">
          <Since row={row} />
        </span>
        <Shape name={isOpen ? 'up' : 'down'} />
      </button>
      <AlarmMarks row={row} />
      {isOpen && <AlarmDetails row={row} isInList />}
    </li>
  );
}
