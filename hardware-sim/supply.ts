/** The mains of a whole site: without them every unit is silent, every relay falls off, every pin of the box rests. */
import type { Village } from './village.js';

/** Units and panels come back as they do after a power cut; who watches them is started by somebody else. */
export function setSupply({ config, board, switchUnit }: Village, isOn: boolean): void {
  for (const { id } of [...config.units, ...config.streams]) switchUnit(id, isOn);
  if (isOn) return;
  // An active-low board is pulled up: its relay falls off all the same.
  for (const { target } of config.outputs) if (target.kind === 'pin') board.drive(target.pin, target.activeLow);
}
