import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CommissioningView } from '../../../../api/commissioning.js';
import { Field } from '../../design/field.js';
import { Shape } from '../../design/shape.js';
import { go } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { OrderKey } from '../parts/order-key.js';

export interface PartProps {
  readonly view: CommissioningView;
  readonly again: () => void;
}

export function BeginPart({ view, again }: PartProps): JSX.Element {
  const { t } = useWords();
  const [tester, setTester] = useState('');
  const [organisation, setOrganisation] = useState('');
  const { state } = view;
  const mayBegin = state === 'none' || state === 'signed';
  return (
    <section class="card" aria-labelledby="com-begin-title">
      <h2 id="com-begin-title">
        <Shape name="test" />
        {t('nav.commissioning')}
      </h2>
      <p>{state === 'none' ? t('com.state.none') : t(`com.state.${state}`, { n: view.revision })}</p>
      <p>{t('com.beginWhat')}</p>
      {mayBegin && (
        <div class="form-line">
          <div class="pair">
            <Field label={t('com.tester')} value={tester} onValue={setTester} autoComplete="name" />
            <Field label={t('com.organisation')} value={organisation} onValue={setOrganisation} />
          </div>
          <OrderKey
            label={t(state === 'none' ? 'com.begin' : 'com.beginNext')}
            isMain
            level={3}
            missing={tester.trim() === '' ? t('parts.fillIn', { what: t('com.tester') }) : null}
            order={() => ({
              ...{ ask: 'commissioning-begin', tester: tester.trim() },
              organisation: organisation.trim() === '' ? null : organisation.trim(),
            })}
            onDone={() => {
              again();
              go('/commissioning', ['walk']);
            }}
          />
        </div>
      )}
      {state !== 'none' && (
        <OrderKey
          label={t(state === 'signed' ? 'com.close' : 'com.abandon')}
          level={3}
          confirm={t(state === 'signed' ? 'com.closeSure' : 'com.abandonSure')}
          order={() => ({ ask: 'commissioning-abandon' })}
          onDone={again}
        />
      )}
    </section>
  );
}
