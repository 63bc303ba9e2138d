/** Output + the profile of its relay unit → OutputConfig, or HeartbeatConfig. */
import assert from 'node:assert/strict';
import { channelAddress } from './channel-row.js';
import { brandId, type PointId } from './ids.js';
import type { CommandsYaml, DeviceProfile } from './profile-schema.js';
import { unitNamed } from './resolve-unit.js';
import { nameOf } from './resolve-words.js';
import type { HeartbeatConfig, OutputConfig, OutputProof, OutputTarget, TimedOn, WriteStep } from './site.js';
import type { DeviceYaml } from './site-schema.js';
import type { OutputYaml, ProofYaml } from './sounding-schema.js';

type Profiles = ReadonlyMap<string, DeviceProfile>;

/** Null for a heartbeat. */
export function resolveOutput(
  output: OutputYaml,
  devices: readonly DeviceYaml[],
  profiles: Profiles,
): OutputConfig | null {
  const { kind, on_control_lost, shows, proof } = output;
  if (kind === 'heartbeat') return null;
  assert(on_control_lost !== undefined, `on_control_lost of ${output.id} was checked`);
  return {
    ...headOf(output),
    kind,
    target: targetOf(output, devices, profiles),
    onControlLost: on_control_lost === 'keep_sounding' ? 'keep-sounding' : 'go-quiet',
    ...(shows === undefined ? {} : { shows }),
    ...(proof === undefined ? {} : { proof: proofOf(proof) }),
  };
}

function proofOf({ point, state, at_least, within_ms }: ProofYaml): OutputProof {
  const shown = { point: brandId<PointId>(point), withinMs: within_ms };
  if (state !== undefined) return { ...shown, on: { state } };
  assert(at_least !== undefined, `proof by ${point} was checked`);
  return { ...shown, on: { atLeast: at_least } };
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
  const { channel, timed_s } = output.relay;
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
    ...(timed_s === undefined ? {} : { timed: timedOn(commands, channel, timed_s) }),
  };
}

/** The value of a coil is the word of function 05 as it travels. */
function timedOn({ timed }: CommandsYaml, channel: number, forS: number): TimedOn {
  assert(timed !== undefined, 'the timer of the relay was checked');
  const { table, addr, base, step_ms } = timed;
  const forMs = forS * 1000;
  return { table, address: addr + channel - 1, value: base + forMs / step_ms, forMs };
}

interface WriteYaml {
  readonly table: 'coil' | 'holding';
  readonly addr: number;
  readonly value: number;
}
