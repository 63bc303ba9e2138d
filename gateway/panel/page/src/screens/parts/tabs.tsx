import type { JSX } from 'preact';
import { href } from '../../shell/route.js';

export interface TabsProps {
  readonly label: string;
  readonly path: string;
  /** Of the address; the first one has none. */
  readonly chosen: string;
  readonly tabs: readonly { readonly id: string; readonly label: string }[];
}

/** Parts of one screen, each with an address of its own. */
export function Tabs({ label, path, chosen, tabs }: TabsProps): JSX.Element {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ id, label: word }) => (
        <a key={id} href={href(path, id === '' ? [] : [id])} aria-current={id === chosen ? 'page' : undefined}>
          {word}
        </a>
      ))}
    </nav>
  );
}
