import type { JSX } from 'preact';

export interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
}

export function Switch({ label, isOn, onTurn }: SwitchProps): JSX.Element {
  return (
    <button class="switch" type="button" role="switch" aria-checked={isOn} onClick={() => onTurn(!isOn)}>
      <span class="switch-track" aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}
