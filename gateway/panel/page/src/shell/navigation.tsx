/** The screens: a rail at the side, and on a phone a menu under one key. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Shape } from '../design/shape.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import { href, route } from './route.js';
import { screens } from './screens.js';

export function Navigation(): JSX.Element {
  const { t } = useWords();
  const path = useStore(route, (now) => now.path);
  const level = useStore(me, (now) => now?.level ?? 0);
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLButtonElement>(null);
  const offered = screens.filter((screen) => screen.isInNavigation && level >= screen.level);
  return (
    <nav
      class="navigation"
      aria-label={t('nav.label')}
      data-open={isOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        setOpen(false);
        menu.current?.focus();
      }}
    >
      <button
        ref={menu}
        class="navigation-key"
        type="button"
        aria-expanded={isOpen}
        aria-controls="navigation-list"
        onClick={() => setOpen(!isOpen)}
      >
        <Shape name={isOpen ? 'close' : 'menu'} />
        <span>{t('nav.more')}</span>
      </button>
      <ul id="navigation-list">
        {offered.map((screen) => (
          <li key={screen.path}>
            <a
              href={href(screen.path)}
              aria-current={screen.path === path ? 'page' : undefined}
              onClick={() => setOpen(false)}
            >
              <Shape name={screen.shape} />
              <span>{t(screen.word)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
