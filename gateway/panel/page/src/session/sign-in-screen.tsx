import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PanelProblem } from '../../../api/routes.js';
import { Field } from '../design/field.js';
import { ProblemNote } from '../design/problem-note.js';
import { useStore } from '../live/store.js';
import { go } from '../shell/route.js';
import { useWords } from '../words/use-words.js';
import { me, signIn } from './session.js';

export function SignInScreen(): JSX.Element {
  const { t } = useWords();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const level = useStore(me, (now) => now?.level ?? 0);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const answer = await signIn(user.trim(), password);
    setBusy(false);
    setPassword('');
    setProblem(answer.isOk ? null : answer.problem);
    if (answer.isOk) go('/');
  }

  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <h1>{t('session.signIn')}</h1>
      <p>{t(level === 0 ? 'session.away' : 'session.why')}</p>
      <Field label={t('session.user')} value={user} onValue={setUser} autoComplete="username" />
      <Field
        label={t('session.password')}
        value={password}
        onValue={setPassword}
        type="password"
        autoComplete="current-password"
      />
      <ProblemNote problem={problem} />
      <button class="button main-button" type="submit" disabled={isBusy}>
        {t('session.signIn')}
      </button>
    </form>
  );
}
