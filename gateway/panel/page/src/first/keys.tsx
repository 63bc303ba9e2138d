/** The three keys, on every screen at the same place. A key that can not be pressed says why, and can still be reached and read. */
import type { JSX } from 'preact';
import { Shape, type ShapeName } from '../design/shape.js';
import { live, seen } from '../live/connection.js';
import { giveOrder, type KeyAsk, keyAsks, ordering } from '../live/order.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import { whyNot } from './key-reasons.js';

const shapes: Readonly<Record<KeyAsk, ShapeName>> = { acknowledge: 'hand', silence: 'mute', reset: 'reset' };

export function Keys(): JSX.Element {
  const { t } = useWords();
  const now = useStore(live, (value) => value);
  const level = useStore(me, (value) => value?.level ?? 0);
  const busyKeys = useStore(ordering, (value) => value.busyKeys);
  const far = useStore(seen, (value) => value);
  const state = now.state;
  const boot = state?.head.boot ?? null;
  const known = far.seen !== null && far.seen.boot === boot ? far.seen : null;
  const isNewer = known !== null && (state?.head.order ?? 0) > known.order;
  const unseen = Object.values(state?.alarms ?? {}).filter(({ acknowledged }) => acknowledged === null).length;
  return (
    <fieldset class="keys">
      <legend class="for-readers">{t('keys.label')}</legend>
      {keyAsks.map((ask) => {
        const reason = whyNot(ask, {
          isLive: now.contact === 'live',
          level,
          isBusy: busyKeys.includes(ask),
          state,
          seenOrder: known?.order ?? null,
        });
        return (
          <button
            key={ask}
            class={`key key-${ask}`}
            type="button"
            aria-disabled={reason !== null}
            onClick={() => {
              // What a person has seen, and nothing that came while the finger was on its way.
              if (reason === null && known !== null) void giveOrder({ ask, ...known });
            }}
          >
            <Shape name={shapes[ask]} />
            <span class="key-words">
              <strong>{t(`keys.${ask}`)}</strong>
              <small>
                {reason !== null
                  ? t(`keys.no.${reason}`)
                  : isNewer
                    ? t('keys.newer')
                    : t(`keys.ready.${ask}`, { count: unseen })}
              </small>
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
