/** Finds what a checked site file names, and makes units of it; not finding it is our bug. */
import assert from 'node:assert/strict';
import { type AppliedModbus, type AppliedProfile, applyProfile } from './applied-profile.js';
import { registersOf } from './channel-row.js';
import { brandId } from './ids.js';
import type { DeviceProfile, ModbusProfile } from './profile-schema.js';
import { resolveUnitOrders } from './resolve-unit-orders.js';
import { nameOf, placeOf } from './resolve-words.js';
import type { LineConfig, UnitConfig, UnitLimits } from './site.js';
import type { DeviceYaml } from './site-schema.js';

type Profiles = ReadonlyMap<string, DeviceProfile>;

/** A profile that a check has already found and applied. */
export function appliedTo(device: DeviceYaml, profiles: Profiles): AppliedProfile {
  const profile = profiles.get(device.profile);
  assert(profile !== undefined, `profile ${device.profile} was checked`);
  const applied = applyProfile(profile, device);
  assert(applied !== null, `options of ${device.id} were checked`);
  return applied;
}

/** A unit and its profile as it stands for it. */
export interface AppliedUnit {
  readonly device: DeviceYaml;
  readonly applied: AppliedModbus;
}

/** The unit that a contact, a sensor or an output names. */
export function unitNamed(id: string, devices: readonly DeviceYaml[], profiles: Profiles): AppliedUnit {
  const device = devices.find((candidate) => candidate.id === id);
  assert(device !== undefined, `device ${id} was checked`);
  const applied = appliedTo(device, profiles);
  assert(applied.kind === 'modbus', `device ${id} was checked to be a unit`);
  return { device, applied };
}

/** Unit with the limits of its model; times in ms. */
export function resolveUnit(device: DeviceYaml, profile: ModbusProfile, lines: readonly LineConfig[]): UnitConfig {
  const line = lines.find(({ id }) => id === device.line);
  assert(line !== undefined && device.unit !== undefined, `wiring of ${device.id} was checked`);
  const { timing } = profile;
  return {
    id: brandId(device.id),
    name: nameOf(device.id, device.name, profile.names),
    profileId: profile.id,
    profileRevision: profile.revision,
    line: line.id,
    address: device.unit,
    zone: device.zone === undefined ? null : brandId(device.zone),
    place: placeOf(device.place),
    limits: unitLimits(profile),
    responseTimeoutMs: Math.min(timing.response_timeout_ms, line.timeoutMs),
    minScanMs: timing.min_scan_ms,
    interRequestMs: timing.inter_request_ms,
    afterWriteMs: Math.max(timing.after_write_ms, timing.inter_request_ms),
    exceptionStyle: profile.exceptions.style,
    model: { bauds: profile.serial.bauds ?? null, slowestReplyMs: timing.response_timeout_ms },
    setup: profile.setup.map(({ read, want, why }) => ({ table: read.table, address: read.addr, want, why })),
    ...resetOf(profile),
    orders: resolveUnitOrders(brandId(device.id), profile),
  };
}

/** A reset that moves no power. Pauses between its writes are those of the unit (`afterWriteMs`). */
function resetOf({ actions }: ModbusProfile): Pick<UnitConfig, 'reset'> {
  const action = actions.find(({ key, risk }) => key === 'reset' && (risk === 'none' || risk === 'audible'));
  if (action === undefined) return {};
  const writes = action.steps.flatMap((step) => ('write' in step ? [step.write] : []));
  return { reset: writes.map(({ table, addr, value, fc }) => ({ table, address: addr, value, functionCode: fc })) };
}

/** A model that refuses more than one value at once gets no joined reads, not even over a hole. */
function unitLimits({ limits, points }: ModbusProfile): UnitLimits {
  const { single_only, max_read, max_bits, max_gap, max_bit_gap } = limits;
  const forbidden = limits.forbidden.map(({ table, from, to }) => ({ table, from, to }));
  if (single_only) {
    const maxRead = Math.max(...points.map(({ type }) => registersOf(type)));
    return { maxRead, maxBits: 1, maxGap: 0, maxBitGap: 0, forbidden };
  }
  return { maxRead: max_read, maxBits: max_bits ?? max_read, maxGap: max_gap, maxBitGap: max_bit_gap, forbidden };
}
