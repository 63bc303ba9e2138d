/** A key that orders something: says why it can not be pressed, and asks once more where a village would hear it. */
import './parts.css';
import type { JSX, Ref } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { PanelAnswer, PanelOrder } from '../../../../api/orders.js';
import { Shape, type ShapeName } from '../../design/shape.js';
import { live } from '../../live/connection.js';
import { giveOrder, ordering } from '../../live/order.js';
import { useStore } from '../../live/store.js';
import { me } from '../../session/session.js';
import { useWords } from '../../words/use-words.js';
import { type KeyLevel, mayPress } from './key-level.js';

export interface OrderKeyProps {
  readonly label: string;
  readonly shape?: ShapeName;
  readonly isMain?: boolean;
  /** Below it the key says that one has to sign in; the server decides. */
  readonly level: KeyLevel;
  /** The box's own screen needs no sign-in for it: at night nobody looks for a password first. */
  readonly isOpenAtBox?: boolean;
  /** Made when it is pressed. */
  readonly order: () => PanelOrder;
  /** What is still to be filled in; null: nothing. */
  readonly missing?: string | null;
  /** Asked before it is done. */
  readonly confirm?: string;
  readonly onDone?: (answer: PanelAnswer) => void;
}

export function OrderKey(props: OrderKeyProps): JSX.Element {
  const { label, shape, isMain, level, isOpenAtBox = false, order, missing, confirm, onDone } = props;
  const { t } = useWords();
  const reasonId = useId();
  const may = useStore(me, (now) => mayPress(now, level, isOpenAtBox));
  const isLive = useStore(live, (now) => now.contact === 'live');
  const isBusy = useStore(ordering, ({ busy }) => busy !== null);
  const [isAsking, setAsking] = useState(false);
  const key = useBackAfter(isAsking);
  const reason = !isLive
    ? t('keys.no.lost')
    : !may
      ? t(level === 3 ? 'parts.needs3' : level === 2 ? 'parts.needs2' : 'keys.no.signIn')
      : (missing ?? null);

  async function give(): Promise<void> {
    setAsking(false);
    const last = await giveOrder(order());
    if (last?.answer?.accepted === true) onDone?.(last.answer);
  }

  if (isAsking && reason === null && confirm !== undefined) {
    return <Confirm question={confirm} label={label} onYes={() => void give()} onNo={() => setAsking(false)} />;
  }
  return (
    <div class="order-key">
      <button
        ref={key}
        class={isMain === true ? 'button main-button' : 'button'}
        type="button"
        aria-disabled={reason !== null || isBusy}
        aria-describedby={reason === null ? undefined : reasonId}
        onClick={() => {
          if (reason !== null || isBusy) return;
          if (confirm === undefined) void give();
          else setAsking(true);
        }}
      >
        {shape !== undefined && <Shape name={shape} />}
        {label}
      </button>
      {reason !== null && (
        <small class="order-reason" id={reasonId}>
          {reason}
        </small>
      )}
    </div>
  );
}

/** Where the focus goes when a question is closed: the key that asked it. */
export function useBackAfter(isAsking: boolean): Ref<HTMLButtonElement> {
  const key = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && !isAsking) key.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  return key;
}

interface ConfirmProps {
  readonly question: string;
  readonly label: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Focus goes to the key that does nothing: a second press by mistake must not begin anything. */
export function Confirm({ question, label, onYes, onNo }: ConfirmProps): JSX.Element {
  const { t } = useWords();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <fieldset
      class="confirm"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo();
      }}
    >
      <legend>{question}</legend>
      <button class="button" type="button" ref={no} onClick={onNo}>
        {t('parts.cancel')}
      </button>
      <button class="button main-button" type="button" onClick={onYes}>
        {label}
      </button>
    </fieldset>
  );
}
