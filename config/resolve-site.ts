/** A checked site file and its profiles → SiteConfig. Whatever does not fit here is our bug: the checks let it through. */
import assert from 'node:assert/strict';
import { brandId } from './ids.js';
import type { DeviceProfile } from './profile-schema.js';
import { boxPoints, upsOf } from './resolve-box.js';
import { diagnosticPoints } from './resolve-diagnostics.js';
import { resolveCadences, resolveExercises } from './resolve-exercises.js';
import { resolveJournal, resolveTelemetry } from './resolve-keeping.js';
import { resolveLine } from './resolve-line.js';
import { resolveHeartbeat, resolveOutput } from './resolve-output.js';
import { contactPairs } from './resolve-pairs.js';
import { resolvePanel } from './resolve-panel.js';
import { beside } from './resolve-path.js';
import { resolvePlan } from './resolve-plan.js';
import { contactPoint, registerPoints, signalPoint } from './resolve-points.js';
import { resolveStream, streamPoints } from './resolve-stream.js';
import { appliedTo, resolveUnit, unitNamed } from './resolve-unit.js';
import { resolveUpkeep } from './resolve-upkeep.js';
import { resolveCodes, resolveCommandKey, resolveUplink } from './resolve-uplink.js';
import { uplinkPoints } from './resolve-uplink-points.js';
import { resolveMessage, resolveProgramme, resolveSpeaker, windowOf } from './resolve-voice.js';
import { nameOf, wordsOf } from './resolve-words.js';
import type { PointConfig, SiteConfig } from './site.js';
import type { DeviceYaml, SiteYaml } from './site-schema.js';

type Profiles = ReadonlyMap<string, DeviceProfile>;

export function resolveSite(file: string, yaml: SiteYaml, profiles: Profiles): SiteConfig {
  const { site, gpio } = yaml;
  const applied = yaml.devices.map((device) => ({ device, applied: appliedTo(device, profiles) }));
  const streamLines = new Set(applied.map((each) => (each.applied.kind === 'stream' ? each.device.line : undefined)));
  const lines = yaml.lines.map((line) => resolveLine(line, streamLines.has(line.id) ? 'stream' : 'modbus'));
  const units = applied.flatMap(({ device, applied }) =>
    applied.kind === 'modbus' ? [resolveUnit(device, applied.profile, lines)] : [],
  );
  const seen = yaml.devices.flatMap((device) => pointsOf(device, yaml.devices, profiles));
  const uplinks = yaml.uplinks.map((uplink) => resolveUplink(file, uplink));
  const points = [
    ...[...seen, ...diagnosticPoints(units, lines, seen)],
    ...[...boxPoints(yaml.box), ...uplinkPoints(uplinks)],
  ];
  const outputs = yaml.outputs.flatMap((output) => resolveOutput(output, yaml.devices, profiles) ?? []);
  const heartbeats = yaml.outputs.flatMap((output) => resolveHeartbeat(output) ?? []);
  const switched = [...outputs, ...heartbeats].map(({ target }) => target.kind);
  const usesPins = [...points.map(({ source }) => source.kind), ...switched];
  return {
    file,
    site: {
      ...{ id: brandId(site.id), district: brandId(site.district), name: wordsOf(site.name) },
      code: site.code ?? null,
    },
    dataDir: beside(file, yaml.data_dir),
    lines,
    zones: yaml.zones.map(({ id, name, code }) => ({ id: brandId(id), name: nameOf(id, name), code: code ?? null })),
    units,
    streams: applied.flatMap(({ device, applied }) =>
      applied.kind === 'stream' ? [resolveStream(device, applied)] : [],
    ),
    points,
    pairs: contactPairs(yaml.devices, profiles),
    outputs,
    heartbeats,
    plans: yaml.plans.map(resolvePlan),
    speakers: yaml.speakers.map(resolveSpeaker),
    messages: yaml.messages.map((message) => resolveMessage(file, message)),
    programme: yaml.programme.map(resolveProgramme),
    quietHours: yaml.quiet_hours === undefined ? null : windowOf(yaml.quiet_hours),
    cadences: resolveCadences(yaml.cadences),
    exercises: resolveExercises(yaml),
    upkeep: yaml.devices.flatMap((device) => resolveUpkeep(device, appliedTo(device, profiles).profile)),
    uplinks,
    commandKeys: yaml.command_keys.map(resolveCommandKey),
    codes: resolveCodes(yaml.devices),
    journal: resolveJournal(yaml.journal),
    telemetry: resolveTelemetry(yaml.telemetry, yaml.devices),
    gpio: gpio !== undefined && usesPins.includes('pin') ? { driver: gpio.driver } : null,
    ...upsOf(yaml.box),
    ...resolvePanel(file, yaml),
    dailyReportAt: yaml.daily_report_at ?? null,
  };
}

function pointsOf(device: DeviceYaml, devices: readonly DeviceYaml[], profiles: Profiles): PointConfig[] {
  const applied = appliedTo(device, profiles);
  const moduleId = device.input?.device;
  const module = moduleId === undefined ? null : unitNamed(moduleId, devices, profiles);
  switch (applied.kind) {
    case 'modbus':
      return registerPoints({ device, applied });
    case 'stream':
      return streamPoints(device, applied);
    case 'contact':
      return [contactPoint(device, applied.profile, module)];
    case 'signal':
      assert(module !== null, `input of ${device.id} was checked`);
      return [signalPoint(device, applied, module)];
  }
}
