import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { type LoadOutcome, loadConfigText } from '../../config/load-config.js';
import { describeProblem, type Problem } from '../../config/problem.js';
import { loadProfileLibrary, type ProfileLibrary, parseProfile } from '../../config/profile-library.js';
import type { DeviceProfile } from '../../config/profile-schema.js';
import type { SiteConfig } from '../../config/site.js';

export const known = {
  knownUplinks: ['mqtt', 'gb26875', 'http', 'sms'],
  knownPinDrivers: ['sysfs', 'simulated'],
  knownCodecs: ['jbf-193k', 'fusaier', 'uart-ultrasonic', 'own'],
} as const;

export const profiles = await loadProfileLibrary();

/** Models that no factory makes: they have every key that a site file can trip over. */
export const ownModels: Readonly<Record<string, string>> = {
  'own-probe': `schema: 1
id: own-probe
revision: 1
names: {zh: 变送器, en: transmitter}
category: water
safety: monitoring
status: draft
lifetime: {warm_up_s: 30}
options:
  - {key: range, type: number, min: 0, max: 100, names: {zh: 量程, en: range}}
  - {key: unit, type: choice, values: [MPa, kPa, m, cm], names: {zh: 单位, en: unit}}
  - {key: medium, type: choice, values: [pressure, level], default: pressure, names: {zh: 介质, en: medium}}
link: {kind: modbus, transports: [rtu, tcp]}
serial: {baud: 9600, bauds: [9600, 19200], data_bits: 8, parity: none, stop_bits: 1}
timing: {response_timeout_ms: 300, inter_request_ms: 20, min_scan_ms: 100, after_write_ms: 5}
limits: {fc: [3, 6], max_read: 8, max_gap: 2, forbidden: [{table: holding, from: 80, to: 90}]}
exceptions: {style: byte80}
variants:
  - {id: v1, names: {zh: 一, en: one}}
  - {id: v2, names: {zh: 二, en: two}, points: {value: {addr: 40, scale: 0.1}}}
points:
  - {key: code, names: {zh: 单位码, en: unit code}, role: setting, table: holding, addr: 2, type: u16}
  - {key: decimals, names: {zh: 小数位, en: decimals}, role: setting, table: holding, addr: 3, type: u16, valid_range: [0, 4]}
  - key: full
    names: {zh: 满量程, en: full scale}
    role: setting
    table: holding
    addr: 6
    type: s32
    order: CDAB
    scale_from: {point: decimals, mode: pow10_neg}
    unit: {option: unit}
  - key: value
    names: {zh: 值, en: value}
    role: {option: medium, of: {pressure: water.pressure, level: water.level}}
    table: holding
    addr: 4
    type: s16
    scale_from: {point: decimals, mode: pow10_minus, bias: 3}
    unit: {option: unit}
    valid_range: [-1, 200]
    max_step: 50
    invalid: [32767]
    valid_if: {point: code, mask: 15, equals: 1}
    agrees_with: {point: full, option: range}
    within_label: {option: range, low: -0.1, high: 1.5}
  - key: told
    names: {zh: 自报, en: told}
    role: water.pressure
    table: holding
    addr: 5
    type: u16
    unit: MPa
    scale: 0.5
    valid_range: [0, 2]
    unit_from: {point: code, units: [{raw: 0, unit: kPa}, {raw: 1, unit: bar}, {raw: 9, unit: m}]}
setup:
  - {read: {table: holding, addr: 9}, want: 1, why: {zh: 否则不对, en: wrong otherwise}}
`,
  'own-relay': `schema: 1
id: own-relay
revision: 1
names: {zh: 继电器, en: relay}
category: relay
safety: monitoring
status: draft
link: {kind: modbus, transports: [rtu]}
serial: {baud: 9600, data_bits: 8, parity: none, stop_bits: 1}
timing: {response_timeout_ms: 100, inter_request_ms: 0, min_scan_ms: 100}
limits: {fc: [1, 5], max_read: 8}
points:
  - {key: "y[1..4]", names: {zh: 出, en: out}, role: relay.state, table: coil, addr: 0, type: bool}
commands:
  row: y[1..4]
  on: {table: coil, addr: 0, value: 1}
  off: {table: coil, addr: 0, value: 0}
  verify: {raw_on: 1, within_ms: 500}
`,
  'own-analog': `schema: 1
id: own-analog
revision: 1
names: {zh: 模拟量模块, en: analog module}
category: io
safety: monitoring
status: draft
link: {kind: modbus, transports: [rtu, rtu_over_tcp]}
serial: {baud: 9600, data_bits: 8, parity: none, stop_bits: 1}
timing: {response_timeout_ms: 100, inter_request_ms: 0, min_scan_ms: 100}
limits: {fc: [4], max_read: 16}
variants:
  - {id: current, names: {zh: 电流, en: current}}
  - {id: voltage, names: {zh: 电压, en: voltage}, points: {"ai[1..8]": {unit: mV}}}
points:
  - {key: "ai[1..8]", names: {zh: 输入, en: input}, role: signal, table: input, addr: 0, type: u32, unit: µA}
`,
  'own-sensor': `schema: 1
id: own-sensor
revision: 1
names: {zh: 压力传感器, en: pressure sensor}
category: water
safety: monitoring
status: draft
options:
  - {key: high, type: number, min: 0, max: 2000, names: {zh: 量程, en: range}}
link: {kind: signal}
signal:
  role: water.pressure
  unit: kPa
  signal_unit: mA
  from: [4, 20]
  to: [0, {option: high}]
  fault_below: 3.6
  fault_above: 21
  max_step: 100
`,
  'own-panel': `schema: 1
id: own-panel
revision: 1
names: {zh: 火灾报警控制器, en: fire panel}
category: fire
safety: life_safety
status: draft
options:
  - {key: loops, type: flag, default: false, names: {zh: 回路, en: loops}}
link: {kind: stream, codec: own}
codec_options: {loops: {option: loops}, fixed: 3}
serial: {baud: 9600, data_bits: 8, parity: none, stop_bits: 1}
objects: {pattern: "[0-9]+-[0-9]+", example: 1-2, point: fire}
supervision: {silence_s: 60}
points:
  - key: fire
    names: {zh: 火警, en: fire}
    role: panel.fire
    states:
      - {key: normal, names: {zh: 正常, en: normal}, severity: normal}
      - {key: alarm, names: {zh: 火警, en: fire}, severity: fire}
  - key: level
    names: {zh: 水位, en: level}
    role: water.level
    unit: cm
    scale: 2
    valid_range: [0, 500]
  - key: odd
    names: {zh: 未知事件, en: unknown event}
    role: fault
    states:
      - {key: none, names: {zh: 无, en: none}, severity: normal}
      - {key: seen, names: {zh: 有, en: seen}, severity: fault}
events:
  - {code: "80", point: fire, state: alarm}
  - {code: "81", point: level}
  - {code: "82", rest: all}
  - {code: "83", rest: [fire]}
  - {code: "84"}
unknown: {point: odd, state: seen}
`,
  'own-host': `schema: 1
id: own-host
revision: 1
names: {zh: 主机, en: host}
category: fire
safety: life_safety
status: draft
link: {kind: stream, codec: own}
serial: {baud: 9600, data_bits: 8, parity: none, stop_bits: 1}
address_range: [1, 9]
supervision: {silence_s: 60}
points:
  - key: fault
    names: {zh: 故障, en: fault}
    role: panel.fault
    states:
      - {key: normal, names: {zh: 正常, en: normal}, severity: normal}
      - {key: fault, names: {zh: 故障, en: fault}, severity: fault}
events:
  - {code: "03", point: fault, state: fault}
`,
};

function parsedModels(): readonly DeviceProfile[] {
  return Object.entries(ownModels).map(([id, text]) => {
    const { profile, problems } = parseProfile(`${id}.yaml`, text);
    if (profile === null) throw new Error(problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
    return profile;
  });
}

/** The program's own profiles and those above. */
export const library: ProfileLibrary = {
  profiles: new Map([...profiles.profiles, ...parsedModels().map((profile) => [profile.id, profile] as const)]),
  problems: [],
};

/** A site in which nothing is wrong, one entry per line so that a test can replace one of them. */
export const goodSite: readonly string[] = `version: 1
site: {id: hongya, district: yuzhong, name: 洪崖古镇}
lines:
  - {id: east, path: /dev/ttyS1}
  - {id: west, path: /dev/ttyS2}
zones:
  - {id: hall, name: 祠堂}
  - {id: pool}
devices:
  - {id: smoke-1, profile: generic-smoke-0010, line: east, unit: 1, zone: hall, allow_draft: true}
  - {id: io-1, profile: n4d8b08, line: west, unit: 20}
  - {id: relay-1, profile: waveshare-relay8, line: west, unit: 30}
  - {id: call-1, profile: dry-contact-call-point, input: {device: io-1, channel: 3}, zone: hall}
  - {id: float-1, profile: dry-contact-float-low, input: {gpio: 4}, contact: normally_closed, zone: pool}
outputs:
  - {id: siren-hall, kind: siren, relay: {device: relay-1, channel: 1}, on_control_lost: keep_sounding}
  - {id: siren-main, kind: siren, gpio: {pin: 17}, on_control_lost: keep_sounding}
plans:
  - {id: hall-fire, when: {class: fire, zones: [hall]}, sound: [siren-hall, siren-main]}
uplinks:
  - {id: district, kind: mqtt, url: "mqtt://127.0.0.1:1883"}
gpio: {driver: sysfs}`.split('\n');

/** The good site with each `from` replaced by `to`; a `from` that is not there is a mistake in the test. */
export function siteText(...changes: readonly (readonly [from: string, to: string])[]): string {
  let text = goodSite.join('\n');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the good site has no "${from}"`);
    text = text.replace(from, to);
  }
  return text;
}

export const siteFile = '/site/gateway.yaml';

export function load(text: string): LoadOutcome {
  return loadConfigText(siteFile, text, { ...known, profiles: library });
}

export function problemsOf(text: string): readonly Problem[] {
  const outcome = load(text);
  return outcome.ok ? [] : outcome.problems;
}

export function configOf(text: string): SiteConfig {
  const outcome = load(text);
  if (!outcome.ok) throw new Error(outcome.problems.map((problem) => JSON.stringify(problem)).join('\n'));
  return outcome.config;
}

/** Code, line and column of each problem, e.g. `CONF-021 11:55`. */
export function codesAndPlaces(problems: readonly Problem[]): string[] {
  return problems.map(({ code, at }) => `${code} ${at === null ? '-' : `${at.line}:${at.column}`}`);
}

const temporaryDirs: string[] = [];
afterAll(() => {
  for (const directory of temporaryDirs) rmSync(directory, { recursive: true, force: true });
});

export function temporaryDir(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'gengfu-config-'));
  temporaryDirs.push(directory);
  return directory;
}

export function writeTemporary(name: string, content: string | Uint8Array): string {
  const file = path.join(temporaryDir(), name);
  writeFileSync(file, content);
  return file;
}

/** `line:column` of the n-th occurrence of `part`, as an editor shows it. */
export function placeIn(text: string, part: string, occurrence = 1): string {
  const before = text.split(part).slice(0, occurrence).join(part);
  if (before.length === text.length) throw new Error(`"${part}" is not in the text`);
  const lines = before.split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
