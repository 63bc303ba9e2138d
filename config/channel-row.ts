/** Rows of channels: inputs and outputs of one model whose registers follow each other. */
import { isModbus } from './profile-kind.js';
import type { DeviceProfile } from './profile-schema.js';
import type { RegisterType } from './site.js';

/** `di[1..8]`: a row of channels whose registers follow each other, counted from 1 as printed at the terminals. */
export interface ChannelRow {
  readonly name: string;
  readonly channels: number;
}

/** The row that a point key names, or null for a single point. */
export function channelRow(key: string): ChannelRow | null {
  const match = /^([a-z][a-z0-9_]*)\[1\.\.([0-9]+)\]$/.exec(key);
  return match?.[1] === undefined ? null : { name: match[1], channels: Number(match[2]) };
}

/** The row of inputs of a role (`contact` or `signal`), or null. */
export function inputRow<P extends { readonly key: string; readonly role: unknown }>(
  points: readonly P[],
  role: 'contact' | 'signal',
): P | null {
  return points.find((point) => point.role === role && channelRow(point.key) !== null) ?? null;
}

/** How many outputs a model can switch; 0 when it has none. */
export function switchedChannels(profile: DeviceProfile): number {
  if (!isModbus(profile) || profile.commands === undefined) return 0;
  return channelRow(profile.commands.row)?.channels ?? 0;
}

/** Registers that a value takes; 1 for a bit as well. */
export function registersOf(type: RegisterType): number {
  switch (type) {
    case 'u32':
    case 's32':
    case 'f32':
    case 'bcd32':
      return 2;
    case 'u64':
    case 'f64':
      return 4;
    default:
      return 1;
  }
}

/** Wire address of a channel of a row. */
export function channelAddress(row: { readonly addr: number; readonly type: RegisterType }, channel: number): number {
  return row.addr + (channel - 1) * registersOf(row.type);
}
