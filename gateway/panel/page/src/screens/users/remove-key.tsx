import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Confirm, useBackAfter } from '../parts/order-key.js';

export interface RemoveKeyProps {
  readonly label: string;
  readonly question: string;
  readonly onYes: () => void;
}

/** Asks once more. */
export function RemoveKey({ label, question, onYes }: RemoveKeyProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const key = useBackAfter(isAsking);
  if (!isAsking) {
    return (
      <button class="button" type="button" ref={key} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  }
  return (
    <Confirm
      question={question}
      label={label}
      onYes={() => {
        setAsking(false);
        onYes();
      }}
      onNo={() => setAsking(false)}
    />
  );
}
