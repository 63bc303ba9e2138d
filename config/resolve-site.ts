/** A checked site file and its profiles → SiteConfig. Whatever does not fit here is our bug: the checks let it through. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { brandId, type ZoneId } from './ids.js';
import type { DeviceProfile } from './profile-schema.js';
import { resolveOutput } from './resolve-output.js';
import { contactPoint, registerPoints } from './resolve-points.js';
import { profileOf, unitNamed } from './resolve-unit.js';
import { nameOf, wordsOf } from './resolve-words.js';
import type { LineConfig, PlanConfig, PointConfig, SiteConfig, UnitConfig, UplinkConfig } from './site.js';
import type { DeviceYaml, LineYaml, PlanYaml, SiteYaml, UplinkYaml } from './site-schema.js';

type Profiles = ReadonlyMap<string, DeviceProfile>;

export function resolveSite(file: string, yaml: SiteYaml, profiles: Profiles): SiteConfig {
  const { site, gpio } = yaml;
  const points = yaml.devices.flatMap((device) => pointsOf(device, yaml.devices, profiles));
  const outputs = yaml.outputs.map((output) => resolveOutput(output, yaml.devices, profiles));
  const usesPins = [...points.map(({ source }) => source.kind), ...outputs.map(({ target }) => target.kind)];
  return {
    file,
    site: { id: brandId(site.id), district: brandId(site.district), name: wordsOf(site.name) },
    dataDir: beside(file, yaml.data_dir),
    lines: yaml.lines.map(lineOf),
    zones: yaml.zones.map(({ id, name }) => ({ id: brandId(id), name: nameOf(id, name) })),
    units: yaml.devices.flatMap((device) => unitOf(device, profiles)),
    points,
    outputs,
    plans: yaml.plans.map(planOf),
    uplinks: yaml.uplinks.map((uplink) => uplinkOf(file, uplink)),
    gpio: gpio !== undefined && usesPins.includes('pin') ? { driver: gpio.driver } : null,
    dailyReportAt: yaml.daily_report_at ?? null,
  };
}

function pointsOf(device: DeviceYaml, devices: readonly DeviceYaml[], profiles: Profiles): PointConfig[] {
  const profile = profileOf(device, profiles);
  if ('points' in profile) return registerPoints(device, profile);
  const moduleId = device.input?.device;
  const module = moduleId === undefined ? null : unitNamed(moduleId, devices, profiles);
  return [contactPoint(device, profile, module)];
}

function unitOf(device: DeviceYaml, profiles: Profiles): UnitConfig[] {
  const profile = profileOf(device, profiles);
  if (!('points' in profile)) return [];
  assert(device.line !== undefined && device.unit !== undefined, `wiring of ${device.id} was checked`);
  return [
    {
      id: brandId(device.id),
      name: nameOf(device.id, device.name, profile.names),
      profileId: profile.id,
      line: brandId(device.line),
      address: device.unit,
      zone: device.zone === undefined ? null : brandId(device.zone),
      place: device.place === undefined ? null : wordsOf(device.place),
      limits: { maxRead: profile.limits.single_only ? 1 : profile.limits.max_read },
      minScanMs: profile.timing.min_scan_ms,
      interRequestMs: profile.timing.inter_request_ms,
    },
  ];
}

function lineOf(line: LineYaml): LineConfig {
  return {
    id: brandId(line.id),
    name: nameOf(line.id, line.name),
    transport: line.transport,
    path: line.path,
    baud: line.baud,
    dataBits: line.data_bits,
    parity: line.parity,
    stopBits: line.stop_bits,
    timeoutMs: line.timeout_ms,
    quarantineMs: line.quarantine_ms,
  };
}

function planOf({ id, when, sound }: PlanYaml): PlanConfig {
  const zones = when.zones === 'all' ? when.zones : [...new Set(when.zones)].map((zone) => brandId<ZoneId>(zone));
  return {
    id: brandId(id),
    when: { class: when.class, zones },
    sound: [...new Set(sound)].map((output) => brandId(output)),
  };
}

function uplinkOf(file: string, uplink: UplinkYaml): UplinkConfig {
  const optionalFile = (name: string | undefined) => (name === undefined ? null : beside(file, name));
  return {
    id: brandId(uplink.id),
    kind: uplink.kind,
    url: uplink.url,
    mqttVersion: uplink.mqtt_version === '3.1.1' ? '3.1.1' : '5',
    username: uplink.username ?? null,
    passwordFile: optionalFile(uplink.password_file),
    caFile: optionalFile(uplink.ca_file),
    certFile: optionalFile(uplink.cert_file),
    keyFile: optionalFile(uplink.key_file),
  };
}

/** Paths in a site file count from the directory of the file. */
function beside(file: string, name: string): string {
  return path.resolve(path.dirname(file), name);
}
