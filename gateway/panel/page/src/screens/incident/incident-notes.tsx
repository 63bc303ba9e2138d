/** What people add: who has arrived, what it was, a note. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Incident } from '../../../../api/state.js';
import { Field } from '../../design/field.js';
import { useWords } from '../../words/use-words.js';
import { TextArea } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';

const verdicts = ['real-fire', 'cooking', 'dust-or-steam', 'insects', 'work', 'test', 'unknown'] as const;
const textMax = 500;

export function IncidentNotes({ incident }: { readonly incident: Incident }): JSX.Element {
  const { t } = useWords();
  const [who, setWho] = useState('');
  const [text, setText] = useState('');
  const { id, kind, isClosed, verdict } = incident;
  return (
    <section class="card not-printed" aria-labelledby="notes-title">
      <h2 id="notes-title">{t('incident.add')}</h2>
      <div class="form-line">
        <div class="pair">
          <Field label={t('incident.who')} value={who} onValue={setWho} />
          <OrderKey
            label={t('incident.arrived')}
            shape="people"
            level={2}
            isOpenAtBox
            missing={who.trim() === '' ? t('parts.fillIn', { what: t('incident.who') }) : null}
            order={() => ({ ask: 'arrived', incident: id, who: who.trim() })}
            onDone={() => setWho('')}
          />
        </div>
        <div class="pair">
          <TextArea label={t('incident.note')} value={text} onValue={setText} max={textMax} />
          <OrderKey
            label={t('incident.addNote')}
            level={2}
            isOpenAtBox
            missing={text.trim() === '' ? t('parts.fillIn', { what: t('incident.note') }) : null}
            order={() => ({ ask: 'note', incident: id, text: text.trim() })}
            onDone={() => setText('')}
          />
        </div>
        {kind === 'call' && !isClosed && (
          <OrderKey
            label={t('call.close')}
            level={2}
            isOpenAtBox
            confirm={t('call.closeSure')}
            order={() => ({ ask: 'close-call', incident: id })}
          />
        )}
        <fieldset class="pick">
          <legend>{t('incident.verdict')}</legend>
          {verdicts.map((each) => (
            <OrderKey
              key={each}
              label={t(`verdict.${each}`)}
              level={2}
              isOpenAtBox
              isMain={each === verdict}
              order={() => ({ ask: 'verdict', incident: id, verdict: each })}
            />
          ))}
        </fieldset>
      </div>
    </section>
  );
}
