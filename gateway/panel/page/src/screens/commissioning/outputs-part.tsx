/** Every siren, lamp and loudspeaker: proven by what its driver reads back, and heard or seen by a person. */
import type { JSX } from 'preact';
import type { CommissioningItem } from '../../../../api/commissioning.js';
import { Shape } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import { OrderKey } from '../parts/order-key.js';
import type { PartProps } from './begin-part.js';
import { ItemRow } from './item-row.js';
import { itemsOf } from './items.js';

export function OutputsPart({ view, again }: PartProps): JSX.Element {
  const { t } = useWords();
  const isOpen = view.state === 'open';
  return (
    <section class="card" aria-labelledby="com-outputs-title">
      <h2 id="com-outputs-title">
        <Shape name="voice" />
        {t('com.tab.outputs')}
      </h2>
      {isOpen && (
        <OrderKey
          label={t('com.sirenTest')}
          level={3}
          isMain
          confirm={t('com.sirenSure')}
          order={() => ({ ask: 'siren-test' })}
          onDone={again}
        />
      )}
      <ul class="com-list">
        {itemsOf(view, 'outputs').map((item) => (
          <OutputItem key={item.id} item={item} isOpen={isOpen} again={again} />
        ))}
      </ul>
    </section>
  );
}

interface OutputItemProps {
  readonly item: CommissioningItem;
  readonly isOpen: boolean;
  readonly again: () => void;
}

function OutputItem({ item, isOpen, again }: OutputItemProps): JSX.Element {
  const { t } = useWords();
  const proof =
    item.kind === 'speaker'
      ? t('com.byEar')
      : !item.provenOn && !item.provenOff
        ? t('com.notProven')
        : [item.provenOn ? t('com.provenOn') : null, item.provenOff ? t('com.provenOff') : null]
            .filter((each) => each !== null)
            .join(' · ');
  const hear = (isHeard: boolean) =>
    ({ ask: 'commissioning-judge', item: item.id, to: 'passed', reason: null, isHeard }) as const;
  return (
    <>
      <ItemRow item={item} isOpen={isOpen} again={again} />
      <li class="com-proof">
        <small>
          {proof}
          {item.isHeard !== null && ` · ${t(item.isHeard ? 'com.heard' : 'com.notHeard')}`}
        </small>
        {isOpen && (
          <div class="com-keys">
            <OrderKey label={t('com.heard')} level={3} order={() => hear(true)} onDone={again} />
            <OrderKey label={t('com.notHeard')} level={3} order={() => hear(false)} onDone={again} />
          </div>
        )}
      </li>
    </>
  );
}
