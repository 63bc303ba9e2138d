/** When a device wants to be looked after: the day it was put up or calibrated, and how long its label or its profile says that it serves. */
import assert from 'node:assert/strict';
import { brandId } from './ids.js';
import { type LocalDay, localDayOf, midnightOf, monthsLater } from './local-day.js';
import type { DeviceProfile } from './profile-schema.js';
import { nameOf, placeOf } from './resolve-words.js';
import type { UpkeepConfig } from './site.js';
import type { DeviceYaml } from './site-schema.js';

/** None for a device without a day, or of which nobody says how long it serves. */
export function resolveUpkeep(device: DeviceYaml, { names, lifetime }: DeviceProfile): UpkeepConfig[] {
  if (device.installed === undefined) return [];
  const installed = localDayOf(device.installed);
  const calibrated = localDayOf(device.upkeep?.calibrated ?? device.installed);
  assert(installed !== null && calibrated !== null, `days of ${device.id} were checked`);
  const head = {
    device: brandId<UpkeepConfig['device']>(device.id),
    name: nameOf(device.id, device.name, names),
    place: placeOf(device.place),
    zone: device.zone === undefined ? null : brandId<NonNullable<UpkeepConfig['zone']>>(device.zone),
  };
  const due = (what: UpkeepConfig['what'], since: LocalDay, months: number | undefined): UpkeepConfig[] =>
    months === undefined ? [] : [{ ...head, what, dueWall: midnightOf(monthsLater(since, months)) }];
  const years = device.upkeep?.replace_years ?? lifetime?.replace_years;
  return [
    ...due('calibrate', calibrated, device.upkeep?.calibrate_months ?? lifetime?.calibrate_months),
    ...due('replace', installed, years === undefined ? undefined : years * 12),
  ];
}
