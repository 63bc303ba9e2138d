import type { InputHTMLAttributes, JSX } from 'preact';
import { useId } from 'preact/hooks';

type Attributes = InputHTMLAttributes<HTMLInputElement>;

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: 'text' | 'password' | 'search' | 'number' | 'datetime-local';
  readonly autoComplete?: string;
}

/** One line to write in, with its label above. */
export function Field({ label, value, onValue, type = 'text', autoComplete = 'off' }: FieldProps): JSX.Element {
  const id = useId();
  // The attributes' type wants one literal `type` each.
  const asked = { type, value, autocomplete: autoComplete, autocapitalize: 'none', spellcheck: false } as Attributes;
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input {...asked} id={id} onInput={(event) => onValue(event.currentTarget.value)} />
    </p>
  );
}
