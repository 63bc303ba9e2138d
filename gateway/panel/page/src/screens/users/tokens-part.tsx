/** Tokens of programs that only read: made once, shown once, taken back at any time. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PanelProblem } from '../../../../api/routes.js';
import { ask } from '../../api/client.js';
import { Field } from '../../design/field.js';
import { ProblemNote } from '../../design/problem-note.js';
import { useWords } from '../../words/use-words.js';
import { useAsked } from '../parts/use-asked.js';
import { RemoveKey } from './remove-key.js';

const namePattern = /^[\w.-]{1,32}$/;

export function TokensPart(): JSX.Element {
  const { t, day } = useWords();
  const asked = useAsked('tokens', (signal) => ask('tokens', { signal }));
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const [problem, setProblem] = useState<PanelProblem | null>(null);

  async function make(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await ask('makeToken', { body: { name: name.trim() } });
    setProblem(answer.isOk ? null : answer.problem);
    if (!answer.isOk) return;
    setMade(answer.value);
    setName('');
    asked.again();
  }

  async function remove(which: string): Promise<void> {
    const answer = await ask('removeToken', { params: { name: which } });
    setProblem(answer.isOk ? null : answer.problem);
    if (made?.name === which) setMade(null);
    asked.again();
  }

  return (
    <section class="card" aria-labelledby="tokens-title">
      <h2 id="tokens-title">{t('users.tokens')}</h2>
      <p class="hint">{t('users.tokensHint')}</p>
      <ProblemNote problem={problem ?? asked.problem} />
      {made !== null && (
        <p class="token" role="status">
          {t('users.made', { name: made.name })} <code>{made.token}</code>
        </p>
      )}
      <ul class="open-list">
        {asked.value?.map((each) => (
          <li key={each.name} class="open-item">
            <span>
              <b>{each.name}</b> <small>{day(each.createdWall)}</small>
            </span>
            <RemoveKey
              label={t('users.remove')}
              question={t('users.tokenSure', { name: each.name })}
              onYes={() => void remove(each.name)}
            />
          </li>
        ))}
      </ul>
      <form class="form-line" onSubmit={(event) => void make(event)}>
        <Field label={t('users.tokenName')} value={name} onValue={setName} />
        <button class="button" type="submit" disabled={!namePattern.test(name.trim())}>
          {t('users.make')}
        </button>
      </form>
    </section>
  );
}
