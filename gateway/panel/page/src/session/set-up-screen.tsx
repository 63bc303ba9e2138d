/** The first password of a box: set on its own screen only, before anybody from outside can open the panel. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PanelProblem } from '../../../api/routes.js';
import { Field } from '../design/field.js';
import { ProblemNote } from '../design/problem-note.js';
import { useStore } from '../live/store.js';
import { go } from '../shell/route.js';
import { both } from '../words/both.js';
import { useWords } from '../words/use-words.js';
import type { WordKey } from '../words/words.js';
import { me, setUp } from './session.js';

/** As the contract has it (`password` and `userName` of the API). */
const passwordMin = 10;
const userPattern = /^[\w.-]{1,32}$/;

export function SetUpScreen(): JSX.Element {
  const { t } = useWords();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isHere = useStore(me, (now) => now?.needsSetup === true && now.isOwnScreen);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const wrong = wrongIn(user.trim(), password, again);
    if (wrong !== null) {
      setProblem({ code: wrong, words: both(wrong), where: null, expected: null, got: null, hint: null });
      return;
    }
    setBusy(true);
    const answer = await setUp(user.trim(), password);
    setBusy(false);
    setProblem(answer.isOk ? null : answer.problem);
    if (answer.isOk) go('/');
  }

  if (!isHere) {
    return (
      <div class="empty">
        <p>{t('session.setUpOnlyHere')}</p>
      </div>
    );
  }
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <h1>{t('session.setUpTitle')}</h1>
      <p>{t('session.setUpWhy')}</p>
      <Field label={t('session.user')} value={user} onValue={setUser} autoComplete="username" />
      <p class="hint">{t('session.setUpRule')}</p>
      <Field
        label={t('session.password')}
        value={password}
        onValue={setPassword}
        type="password"
        autoComplete="new-password"
      />
      <Field label={t('session.again')} value={again} onValue={setAgain} type="password" autoComplete="new-password" />
      <ProblemNote problem={problem} />
      <button class="button main-button" type="submit" disabled={isBusy}>
        {t('session.setUpDo')}
      </button>
    </form>
  );
}

function wrongIn(user: string, password: string, again: string): WordKey | null {
  if (!userPattern.test(user)) return 'session.userRule';
  if (password.length < passwordMin) return 'session.tooShort';
  return password === again ? null : 'session.notSame';
}
