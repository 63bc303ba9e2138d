import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PanelProblem } from '../../../../api/routes.js';
import { ask } from '../../api/client.js';
import { Field } from '../../design/field.js';
import { ProblemNote } from '../../design/problem-note.js';
import { useWords } from '../../words/use-words.js';
import { OneOf } from '../parts/fields.js';
import { useAsked } from '../parts/use-asked.js';
import { RemoveKey } from './remove-key.js';

/** As the contract has it (`password` and `userName` of the API). */
const passwordMin = 10;
const userPattern = /^[\w.-]{1,32}$/;
const levels = ['1', '2', '3'] as const;

/** List, add or change, remove. Passwords are written, never shown. */
export function UsersPart(): JSX.Element {
  const { t, day } = useWords();
  const asked = useAsked('users', (signal) => ask('users', { signal }));
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  const [said, setSaid] = useState('');

  async function remove(user: string): Promise<void> {
    const answer = await ask('removeUser', { params: { user } });
    setProblem(answer.isOk ? null : answer.problem);
    if (answer.isOk) asked.take(answer.value);
    setSaid(answer.isOk ? t('users.removed', { user }) : '');
  }

  return (
    <>
      <section class="card" aria-labelledby="users-title">
        <h2 id="users-title">{t('nav.users')}</h2>
        <ProblemNote problem={problem ?? asked.problem} />
        <p role="status">{said}</p>
        <ul class="open-list">
          {asked.value?.map(({ user, level, lastWall }) => (
            <li key={user} class="open-item">
              <span>
                <b>{user}</b> {t(`session.level${level === 1 || level === 2 ? level : 3}`)}
                <small> {lastWall === null ? t('users.never') : t('users.last', { time: day(lastWall) })}</small>
              </span>
              <RemoveKey
                label={t('users.remove')}
                question={t('users.removeSure', { user })}
                onYes={() => void remove(user)}
              />
            </li>
          ))}
        </ul>
      </section>
      <SetUser
        onSet={async (body) => {
          const answer = await ask('setUser', { body });
          setProblem(answer.isOk ? null : answer.problem);
          setSaid(answer.isOk ? t('users.saved', { user: body.user }) : '');
          if (answer.isOk) asked.take(answer.value);
          return answer.isOk;
        }}
      />
    </>
  );
}

interface UserSet {
  readonly user: string;
  readonly level: number;
  readonly password: string;
}

function SetUser({ onSet }: { readonly onSet: (set: UserSet) => Promise<boolean> }): JSX.Element {
  const { t } = useWords();
  const [user, setUser] = useState('');
  const [level, setLevel] = useState<(typeof levels)[number]>('2');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isBusy, setBusy] = useState(false);
  const wrong = !userPattern.test(user.trim())
    ? t('session.userRule')
    : password.length < passwordMin
      ? t('session.tooShort')
      : password === again
        ? ''
        : t('session.notSame');

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (wrong !== '') return;
    setBusy(true);
    const isSet = await onSet({ user: user.trim(), level: Number(level), password });
    setBusy(false);
    setPassword('');
    setAgain('');
    if (isSet) setUser('');
  }

  return (
    <section class="card" aria-labelledby="set-user-title">
      <h2 id="set-user-title">{t('users.set')}</h2>
      <form class="form-line" onSubmit={(event) => void submit(event)}>
        <p class="hint">{t('users.setHint')}</p>
        <Field label={t('session.user')} value={user} onValue={setUser} autoComplete="off" />
        <OneOf
          legend={t('users.level')}
          options={levels.map((id) => ({ id, label: t(`session.level${id}`) }))}
          chosen={level}
          onChosen={setLevel}
        />
        <Field
          label={t('session.password')}
          value={password}
          onValue={setPassword}
          type="password"
          autoComplete="new-password"
        />
        <Field
          label={t('session.again')}
          value={again}
          onValue={setAgain}
          type="password"
          autoComplete="new-password"
        />
        <p class="hint" role="status">
          {user === '' && password === '' ? '' : wrong}
        </p>
        <button class="button main-button" type="submit" disabled={isBusy || wrong !== ''}>
          {t('users.save')}
        </button>
      </form>
    </section>
  );
}
