/** Amplifiers are open for a person at the microphone while the key is held, or for a set time; never without an end. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Shape } from '../../design/shape.js';
import { live, site } from '../../live/connection.js';
import { giveOrder, ordering } from '../../live/order.js';
import { useStore } from '../../live/store.js';
import { me } from '../../session/session.js';
import { useWords } from '../../words/use-words.js';
import { OrderKey } from '../parts/order-key.js';
import { SpeakerPick } from './speaker-pick.js';

/** A page that dies while the key is held leaves the amplifiers open for no longer than this, ms. */
const holdMaxMs = 60_000;
const timesMs = [30_000, 60_000, 180_000] as const;
/** A stop that meets another order under way is tried again, ms; the amplifiers close by themselves at the latest. */
const stopAgainMs = 200;

export function Microphone(): JSX.Element | null {
  const { t, age } = useWords();
  const speakers = useStore(site, (now) => now?.speakers ?? null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (speakers === null || speakers.length === 0) return null;
  const to = chosen.length === 0 ? speakers.map(({ id }) => id) : [...chosen];
  return (
    <section class="card" aria-labelledby="microphone-title">
      <h2 id="microphone-title">
        <Shape name="person" />
        {t('microphone.title')}
      </h2>
      <div class="form-line">
        <p>{t('microphone.what')}</p>
        <SpeakerPick chosen={chosen} onChosen={setChosen} />
        <HoldKey speakers={to} />
        <fieldset class="pick">
          <legend>{t('microphone.forTime')}</legend>
          {timesMs.map((forMs) => (
            <OrderKey
              key={forMs}
              label={age(forMs)}
              level={2}
              order={() => ({ ask: 'microphone', speakers: to, forMs })}
            />
          ))}
          <OrderKey label={t('microphone.stop')} shape="mute" level={2} order={() => ({ ask: 'broadcast-stop' })} />
        </fieldset>
      </div>
    </section>
  );
}

function HoldKey({ speakers }: { readonly speakers: string[] }): JSX.Element {
  const { t } = useWords();
  const has = useStore(me, (now) => now?.level ?? 0);
  const isLive = useStore(live, (now) => now.contact === 'live');
  const [isHeld, setHeld] = useState(false);
  const held = useRef(false);
  const reason = !isLive ? t('keys.no.lost') : has < 2 ? t('parts.needs2') : null;

  async function open(): Promise<void> {
    if (reason !== null || held.current || ordering.get().busy !== null) return;
    held.current = true;
    setHeld(true);
    await giveOrder({ ask: 'microphone', speakers, forMs: holdMaxMs });
    // Let go while the order was on its way.
    if (!held.current) await stop();
  }

  async function close(): Promise<void> {
    if (!held.current) return;
    held.current = false;
    setHeld(false);
    if (ordering.get().busy !== 'microphone') await stop();
  }

  useEffect(() => () => void close(), []);
  const isKey = ({ key }: KeyboardEvent): boolean => key === ' ' || key === 'Enter';
  return (
    <div class="order-key">
      <button
        class="button hold-key"
        type="button"
        aria-disabled={reason !== null}
        data-held={isHeld}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          void open();
        }}
        onPointerUp={() => void close()}
        onPointerCancel={() => void close()}
        onBlur={() => void close()}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isKey(event)) return;
          event.preventDefault();
          if (!event.repeat) void open();
        }}
        onKeyUp={(event) => {
          if (isKey(event)) void close();
        }}
      >
        <Shape name="voice" />
        {t(isHeld ? 'microphone.speak' : 'microphone.hold')}
      </button>
      {reason !== null && <small class="order-reason">{reason}</small>}
    </div>
  );
}

async function stop(): Promise<void> {
  if ((await giveOrder({ ask: 'broadcast-stop' })) === null) setTimeout(() => void stop(), stopAgainMs);
}
