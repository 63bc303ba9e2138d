import type { DeviceProfile, PointYaml } from './profile-schema.js';

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

/** The row of dry-contact inputs of a model, or null. */
export function contactRow(profile: DeviceProfile): PointYaml | null {
  if ('contact' in profile) return null;
  return profile.points.find(({ key, role }) => role === 'contact' && channelRow(key) !== null) ?? null;
}

/** How many outputs a model can switch; 0 when it has none. */
export function switchedChannels(profile: DeviceProfile): number {
  if ('contact' in profile || profile.commands === undefined) return 0;
  return channelRow(profile.commands.row)?.channels ?? 0;
}
