/** One item of the checklist: how it stands, and what a person says of it. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { CommissioningItem } from '../../../../api/commissioning.js';
import { Field } from '../../design/field.js';
import { Shape } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import { OrderKey } from '../parts/order-key.js';
import { useWho } from '../parts/use-who.js';
import { stateShapes } from './items.js';
import { PhotoPart } from './photo-part.js';

export interface ItemRowProps {
  readonly item: CommissioningItem;
  readonly isOpen: boolean;
  readonly again: () => void;
}

type Judgement = CommissioningItem['state'];

const judgements: readonly { readonly to: Judgement; readonly word: 'com.fail' | 'com.skip' | 'com.na' }[] = [
  { to: 'failed', word: 'com.fail' },
  { to: 'open', word: 'com.skip' },
  { to: 'not-applicable', word: 'com.na' },
];

export function ItemRow({ item, isOpen, again }: ItemRowProps): JSX.Element {
  const { t, say, time } = useWords();
  const who = useWho();
  const [isShown, setShown] = useState(false);
  const panel = useId();
  const { state, reason, detectionMs, by, wall, photos } = item;
  return (
    <li class="com-item" data-state={state}>
      <div class="com-line">
        <Shape name={stateShapes[state]} />
        <span>
          <b>{nameIn(item, say)}</b>
          <small>
            {t(`com.is.${state}`)}
            {detectionMs !== null && ` · ${t('com.detection', { ms: detectionMs })}`}
            {wall !== null && ` · ${time(wall)}`}
            {by !== null && by !== '' && ` · ${who(by)}`}
            {reason !== null && ` · ${reason}`}
            {photos.length > 0 && ` · ${t('com.photoCount', { n: photos.length })}`}
          </small>
        </span>
        {isOpen && (
          <button
            class="button"
            type="button"
            aria-expanded={isShown}
            aria-controls={panel}
            onClick={() => setShown(!isShown)}
          >
            {t('com.judge')}
            <span class="for-readers"> {nameIn(item, say)}</span>
          </button>
        )}
      </div>
      {isOpen && isShown && (
        <div class="com-judge" id={panel}>
          <JudgeKeys
            item={item}
            again={() => {
              setShown(false);
              again();
            }}
          />
          <PhotoPart item={item} again={again} />
        </div>
      )}
    </li>
  );
}

export function JudgeKeys({ item, again }: Pick<ItemRowProps, 'item' | 'again'>): JSX.Element {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const words = reason.trim() === '' ? null : reason.trim();
  const judge = (to: Judgement) => ({ ask: 'commissioning-judge', item: item.id, to, reason: words }) as const;
  const missing = words === null ? t('parts.fillIn', { what: t('com.reason') }) : null;
  return (
    <>
      <Field label={t('com.reason')} value={reason} onValue={setReason} />
      <div class="com-keys">
        <OrderKey label={t('com.pass')} level={3} order={() => judge('passed')} onDone={again} />
        {judgements.map(({ to, word }) => (
          <OrderKey key={to} label={t(word)} level={3} missing={missing} order={() => judge(to)} onDone={again} />
        ))}
        {(item.state !== 'open' || item.reason !== null) && (
          <OrderKey
            label={t('com.again')}
            level={3}
            order={() => ({ ...judge('open'), reason: null })}
            onDone={again}
          />
        )}
      </div>
    </>
  );
}

export function nameIn(
  { place, name }: Pick<CommissioningItem, 'place' | 'name'>,
  say: (words: CommissioningItem['name'] | null) => string,
): string {
  return place === null ? say(name) : `${say(place)} ${say(name)}`;
}
