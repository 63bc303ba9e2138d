/** A fire or a warning is over: one touch says what it was, so that next year somebody knows which detectors cry wolf. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Incident, PanelState } from '../../../api/state.js';
import { Shape } from '../design/shape.js';
import { live } from '../live/connection.js';
import { giveOrder, ordering } from '../live/order.js';
import { useStore } from '../live/store.js';
import { mayPress } from '../screens/parts/key-level.js';
import { me } from '../session/session.js';
import { href } from '../shell/route.js';
import { useWords } from '../words/use-words.js';

const verdicts = ['real-fire', 'cooking', 'dust-or-steam', 'insects', 'work', 'test', 'unknown'] as const;
/** Another incident stands there for so long before its keys can be touched: a double touch means the one before, ms. */
const restMs = 1000;
/** Put off on this screen; the oldest are asked again. */
const laterMax = 100;

/** `isShort`: where something else is done just now, one line that leads to the question. */
export function VerdictAsk({ isShort }: { readonly isShort: boolean }): JSX.Element | null {
  const { t, say, time } = useWords();
  const state = useStore(live, (now) => (now.contact === 'live' ? now.state : null));
  const isBusy = useStore(ordering, ({ busy }) => busy !== null);
  const [later, putOff] = useState<readonly string[]>([]);
  // Where the answer would be refused nobody is asked.
  const mayAnswer = useStore(me, (who) => mayPress(who, 2, true));
  const asked = state === null || !mayAnswer ? null : closedWithoutVerdict(state, later);
  const askedId = asked?.id ?? null;
  const [ready, setReady] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setReady(askedId), restMs);
    return () => clearTimeout(timer);
  }, [askedId]);
  if (asked === null) return null;
  if (isShort) {
    return (
      <p class="verdict-short">
        <a href={href('/incident', [asked.id])}>
          <Shape name="duty" />
          {t('verdict.short', { name: say(asked.name), time: time(asked.beganWall) })}
        </a>
      </p>
    );
  }
  return (
    <section class="verdict" aria-labelledby="verdict-title">
      <div class="verdict-head">
        <h2 id="verdict-title">{t('verdict.title')}</h2>
        <p>
          {asked.place} {t('verdict.which', { name: say(asked.name), time: time(asked.beganWall) })}
        </p>
        <button class="icon-button" type="button" onClick={() => putOff([...later, asked.id].slice(-laterMax))}>
          <Shape name="close" />
          <span class="for-readers">{t('verdict.later')}</span>
        </button>
      </div>
      <div class="verdict-keys">
        {verdicts.map((verdict) => (
          <button
            key={verdict}
            class={`button verdict-${verdict}`}
            type="button"
            aria-disabled={isBusy || ready !== asked.id}
            onClick={() => {
              if (!isBusy && ready === asked.id) void giveOrder({ ask: 'verdict', incident: asked.id, verdict });
            }}
          >
            {t(`verdict.${verdict}`)}
          </button>
        ))}
      </div>
    </section>
  );
}

/** The newest first: whoever has just reset it knows. */
function closedWithoutVerdict({ incidents, alarms }: PanelState, later: readonly string[]): Incident | null {
  const standing = new Set(Object.values(alarms).map(({ alarm }) => alarm));
  const open = Object.values(incidents).filter(
    ({ id, kind, verdict }) => kind === 'alarm' && verdict === null && !standing.has(id) && !later.includes(id),
  );
  return open.sort((one, other) => other.beganWall - one.beganWall)[0] ?? null;
}
