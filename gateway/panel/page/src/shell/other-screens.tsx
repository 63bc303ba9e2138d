import type { JSX } from 'preact';
import { useWords } from '../words/use-words.js';
import { href } from './route.js';

const levels = ['0', 'Ⅰ', 'Ⅱ', 'Ⅲ'] as const;

export function NeedsLevel({ level }: { readonly level: 0 | 1 | 2 | 3 }): JSX.Element {
  const { t } = useWords();
  return (
    <div class="empty">
      <p>{t('shell.level', { level: levels[level] })}</p>
      <a class="button main-button" href={href('/sign-in')}>
        {t('session.signIn')}
      </a>
    </div>
  );
}

export function NotFound(): JSX.Element {
  const { t } = useWords();
  return (
    <div class="empty">
      <p>{t('shell.notFound')}</p>
      <a class="button main-button" href={href('/')}>
        {t('shell.back')}
      </a>
    </div>
  );
}
