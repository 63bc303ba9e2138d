import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Its options. */
  readonly children: ComponentChildren;
}

export function SelectField({ label, value, onValue, children }: SelectFieldProps): JSX.Element {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {children}
      </select>
    </p>
  );
}

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly max: number;
}

export function TextArea({ label, value, onValue, max }: TextAreaProps): JSX.Element {
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={max}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </p>
  );
}

export interface PickProps {
  readonly legend: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: readonly string[]) => void;
  /** None chosen means all of them, and this says so. */
  readonly all?: string;
}

/** Several of a list, each a key as large as a finger. */
export function Pick({ legend, options, chosen, onChosen, all }: PickProps): JSX.Element {
  const has = new Set(chosen);
  const turn = (id: string): void => onChosen(has.has(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset class="pick">
      <legend>{legend}</legend>
      {all !== undefined && (
        <button class="chip" type="button" aria-pressed={chosen.length === 0} onClick={() => onChosen([])}>
          {all}
        </button>
      )}
      {options.map(({ id, label }) => (
        <button key={id} class="chip" type="button" aria-pressed={has.has(id)} onClick={() => turn(id)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}

export interface OneOfProps<Value extends string> {
  readonly legend: string;
  readonly options: readonly { readonly id: Value; readonly label: string }[];
  readonly chosen: Value;
  readonly onChosen: (chosen: Value) => void;
}

/** One of a few. */
export function OneOf<Value extends string>({ legend, options, chosen, onChosen }: OneOfProps<Value>): JSX.Element {
  return (
    <fieldset class="pick">
      <legend>{legend}</legend>
      {options.map(({ id, label }) => (
        <button key={id} class="chip" type="button" aria-pressed={id === chosen} onClick={() => onChosen(id)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}
