import type { JSX } from 'preact';
import { Shape } from '../../design/shape.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { OrderKey } from '../parts/order-key.js';
import { practisedIn } from './running.js';
import { RunningLine } from './running-line.js';

/** Every siren sounds for a short while, one after the other, and is proven. */
export function SirenTestPart(): JSX.Element {
  const { t, say } = useWords();
  const state = useStore(live, (now) => now.state);
  const outputs = useStore(site, (now) => now?.outputs ?? null);
  const { sirenTest } = practisedIn(state);
  const sirens = (outputs ?? []).filter(({ kind }) => kind === 'siren');
  return (
    <section class="card" aria-labelledby="siren-title">
      <h2 id="siren-title">
        <Shape name="voice" />
        {t('siren.title')}
      </h2>
      <p>{t('siren.what', { count: sirens.length })}</p>
      {sirenTest !== null && <RunningLine sounding={sirenTest} look="test" />}
      <ul class="state-list">
        {sirens.map(({ id, name }) => {
          const now = state?.outputs[id];
          const is = now?.proven === true ? 'on' : now?.proven === false ? 'off' : 'unknown';
          return (
            <li key={id} data-is={is}>
              <span>{say(name)}</span> <b>{t(`siren.is.${is}`)}</b>
            </li>
          );
        })}
      </ul>
      {sirenTest !== null ? (
        <OrderKey label={t('siren.end')} level={2} isMain order={() => ({ ask: 'siren-test-end' })} />
      ) : (
        <OrderKey
          label={t('siren.begin')}
          shape="test"
          level={2}
          confirm={t('siren.sure')}
          order={() => ({ ask: 'siren-test' })}
        />
      )}
    </section>
  );
}
