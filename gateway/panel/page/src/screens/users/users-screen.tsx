/** Who may sign in, and which programs may read: the installer's. */
import './users.css';
import type { JSX } from 'preact';
import { useWords } from '../../words/use-words.js';
import { TokensPart } from './tokens-part.js';
import { UsersPart } from './users-part.js';

export function UsersScreen(): JSX.Element {
  const { t } = useWords();
  return (
    <div class="users">
      <h1 class="for-readers">{t('nav.users')}</h1>
      <UsersPart />
      <TokensPart />
    </div>
  );
}
