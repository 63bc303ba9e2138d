/** The three keys, on every screen at the same place. A key that can not be pressed says why, and can still be reached and read. */
import type { JSX } from 'preact';
import { Shape, type ShapeName } from '../design/shape.js';
import { live } from '../live/connection.js';
import { giveOrder, ordering } from '../live/order.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import { type KeyAsk, keyAsks, whyNot } from './key-reasons.js';

const shapes: Readonly<Record<KeyAsk, ShapeName>> = { acknowledge: 'hand', silence: 'mute', reset: 'reset' };

export function Keys(): JSX.Element {
  const { t } = useWords();
  const now = useStore(live, (value) => value);
  const level = useStore(me, (value) => value?.level ?? 0);
  const isBusy = useStore(ordering, ({ busy }) => busy !== null);
  const state = now.state;
  const unseen = Object.values(state?.alarms ?? {}).filter(({ acknowledged }) => acknowledged === null).length;
  return (
    <fieldset class="keys">
      <legend class="for-readers">{t('keys.label')}</legend>
      {keyAsks.map((ask) => {
        const reason = whyNot(ask, { isLive: now.contact === 'live', level, isBusy, state });
        return (
          <button
            key={ask}
            class={`key key-${ask}`}
            type="button"
            aria-disabled={reason !== null}
            onClick={() => {
              if (reason === null && state !== null) {
                // What is on the screen, and nothing that came while the finger was on its way.
                void giveOrder({ ask, boot: state.head.boot, order: state.head.order });
              }
            }}
          >
            <Shape name={shapes[ask]} />
            <span class="key-words">
              <strong>{t(`keys.${ask}`)}</strong>
              <small>{reason === null ? t(`keys.ready.${ask}`, { count: unseen }) : t(`keys.no.${reason}`)}</small>
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
