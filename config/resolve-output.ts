/** Output + the profile of its relay unit → OutputConfig. */
import assert from 'node:assert/strict';
import { channelAddress } from './channel-row.js';
import { brandId } from './ids.js';
import type { DeviceProfile } from './profile-schema.js';
import { unitNamed } from './resolve-unit.js';
import { nameOf } from './resolve-words.js';
import type { OutputConfig, OutputTarget, WriteStep } from './site.js';
import type { DeviceYaml, OutputYaml } from './site-schema.js';

type Profiles = ReadonlyMap<string, DeviceProfile>;

export function resolveOutput(output: OutputYaml, devices: readonly DeviceYaml[], profiles: Profiles): OutputConfig {
  return {
    id: brandId(output.id),
    name: nameOf(output.id, output.name),
    kind: output.kind,
    zone: output.zone === undefined ? null : brandId(output.zone),
    target: targetOf(output, devices, profiles),
    onControlLost: output.on_control_lost === 'keep_sounding' ? 'keep-sounding' : 'go-quiet',
  };
}

function targetOf(output: OutputYaml, devices: readonly DeviceYaml[], profiles: Profiles): OutputTarget {
  if (output.gpio !== undefined) {
    return { kind: 'pin', pin: output.gpio.pin, activeLow: output.gpio.active_low };
  }
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
