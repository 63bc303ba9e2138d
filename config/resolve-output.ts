/** Output + the profile of its relay unit → OutputConfig, or HeartbeatConfig. */
import assert from 'node:assert/strict';
import { channelAddress } from './channel-row.js';
import { brandId } from './ids.js';
import type { DeviceProfile } from './profile-schema.js';
import { unitNamed } from './resolve-unit.js';
import { nameOf } from './resolve-words.js';
import type { HeartbeatConfig, OutputConfig, OutputTarget, WriteStep } from './site.js';
import type { DeviceYaml, OutputYaml } from './site-schema.js';

type Profiles = ReadonlyMap<string, DeviceProfile>;

/** Null for a heartbeat. */
export function resolveOutput(
  output: OutputYaml,
  devices: readonly DeviceYaml[],
  profiles: Profiles,
): OutputConfig | null {
  const { kind, on_control_lost, shows } = output;
  if (kind === 'heartbeat') return null;
  assert(on_control_lost !== undefined, `on_control_lost of ${output.id} was checked`);
  return {
    ...headOf(output),
    kind,
    target: targetOf(output, devices, profiles),
    onControlLost: on_control_lost === 'keep_sounding' ? 'keep-sounding' : 'go-quiet',
    ...(shows === undefined ? {} : { shows }),
  };
}

/** Null for all else. */
export function resolveHeartbeat(output: OutputYaml): HeartbeatConfig | null {
  if (output.kind !== 'heartbeat') return null;
  assert(output.gpio !== undefined, `pin of ${output.id} was checked`);
  return { ...headOf(output), target: pinOf(output.gpio) };
}

function headOf({ id, name, zone }: OutputYaml): Pick<OutputConfig, 'id' | 'name' | 'zone'> {
  return { id: brandId(id), name: nameOf(id, name), zone: zone === undefined ? null : brandId(zone) };
}

function pinOf({ pin, active_low }: NonNullable<OutputYaml['gpio']>): HeartbeatConfig['target'] {
  return { kind: 'pin', pin, activeLow: active_low };
}

function targetOf(output: OutputYaml, devices: readonly DeviceYaml[], profiles: Profiles): OutputTarget {
  if (output.gpio !== undefined) return pinOf(output.gpio);
  assert(output.relay !== undefined, `target of ${output.id} was checked`);
  const { channel } = output.relay;
  const { device, applied } = unitNamed(output.relay.device, devices, profiles);
  const { profile } = applied;
  const { commands } = profile;
  const row = applied.points.find(({ key }) => key === commands?.row);
  assert(commands !== undefined && row !== undefined, `commands of ${profile.id} were checked`);
  const step = ({ table, addr, value }: WriteYaml): WriteStep => ({ table, address: addr + channel - 1, value });
  return {
    kind: 'unit',
    device: brandId(device.id),
    on: step(commands.on),
    off: step(commands.off),
    readBack: { table: row.table, address: channelAddress(row, channel), onRaw: commands.verify.raw_on },
  };
}

interface WriteYaml {
  readonly table: 'coil' | 'holding';
  readonly addr: number;
  readonly value: number;
}
