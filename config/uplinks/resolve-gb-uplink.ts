/** A centre of GB/T 26875.3: its preset, and what the site file says instead. */
import { brandId } from '../ids.js';
import type { GbUplinkConfig } from '../site-telling.js';
import { gbPresetDialects } from './gb-presets.js';
import type { GbUplinkYaml } from './gb-uplink-schema.js';
import { type FileBeside, plainBase, tellOf } from './uplink-base.js';

export function gbUplink(besideFile: FileBeside, uplink: GbUplinkYaml): GbUplinkConfig {
  const preset = gbPresetDialects[uplink.preset];
  return {
    ...plainBase,
    ...{ id: brandId(uplink.id), kind: 'gb26875', host: uplink.host, port: uplink.port },
    dialect: {
      timeCoding: uplink.time_coding ?? preset.timeCoding,
      serialOrder: uplink.serial_order ?? preset.serialOrder,
      version: uplink.version ?? preset.version,
      componentLayout: uplink.component_layout ?? preset.componentLayout,
      fireState: uplink.fire_state ?? preset.fireState,
      heartbeat: uplink.heartbeat ?? preset.heartbeat,
      heartbeatMs: uplink.heartbeat_s === undefined ? preset.heartbeatMs : uplink.heartbeat_s * 1000,
      handshake: uplink.handshake ?? preset.handshake,
      readUnknown: uplink.read_unknown,
    },
    address: bytesOf(uplink.address),
    centreAddress: bytesOf(uplink.centre_address),
    username: uplink.username ?? null,
    passwordFile: besideFile(uplink.password_file),
    timeoutMs: uplink.timeout_s * 1000,
    resends: uplink.resends,
    outstandingMax: uplink.outstanding_max,
    takesDutyChecks: uplink.duty_checks,
    maySetClock: uplink.may_set_clock,
    mayInitialise: uplink.may_initialise,
    roles: new Map(
      uplink.roles.map(({ role, system, component, analog, step }) => [
        role,
        { system: system ?? null, component: component ?? null, analog: analog ?? null, step: step ?? null },
      ]),
    ),
    places: new Map(
      uplink.points.map(({ point, system_address, zone, number }) => [
        point,
        { systemAddress: system_address ?? null, zone: zone ?? null, number: number ?? null },
      ]),
    ),
    tell: tellOf(uplink.tell),
    telemetry: uplink.analog ? 'own' : 'none',
    pacePerS: uplink.pace_per_s,
  };
}

function bytesOf(hex: string): readonly number[] {
  return [...Buffer.from(hex, 'hex')];
}
