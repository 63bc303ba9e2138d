import type { JSX } from 'preact';
import { Shape } from '../../design/shape.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import type { OpenItem } from './open-items.js';

export function OpenItemList({ items }: { readonly items: readonly OpenItem[] }): JSX.Element {
  const { t, say, day } = useWords();
  if (items.length === 0) return <p>{t('duty.nothingOpen')}</p>;
  return (
    <ul class="open-list">
      {items.map(({ id, kind, class: own, name, place, sinceWall, incident }) => (
        <li key={`${kind} ${id}`} class={own === null ? 'open-item' : `open-item of-${own}`}>
          <Shape name={own ?? (kind === 'call' ? 'phone' : kind === 'service' ? 'settings' : 'duty')} />
          <span>
            <b>{own === null || kind === 'lost' ? t(`duty.item.${kind}`) : t(`state.${own}`)}</b>{' '}
            {place === null ? '' : `${say(place)} `}
            {incident === null ? say(name) : <a href={href('/incident', [incident])}>{say(name)}</a>}
          </span>
          {sinceWall !== null && <time>{day(sinceWall)}</time>}
        </li>
      ))}
    </ul>
  );
}
