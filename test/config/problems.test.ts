import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConfigProblemCode, configProblems } from '../../config/config-problems.js';
import { type LoadOptions, loadConfig, loadConfigText } from '../../config/load-config.js';
import { outputProblems } from '../../config/output-problems.js';
import { panelProblems } from '../../config/panel-problems.js';
import type { Problem } from '../../config/problem.js';
import { loadProfileLibrary, type ProfileLibrary, parseProfile } from '../../config/profile-library.js';
import { fileMaxBytes } from '../../config/read-text.js';
import { samplingProblems } from '../../config/sampling-problems.js';
import { uplinkProblems } from '../../config/uplink-problems.js';
import { loadUserLibrary, userFilesMax } from '../../config/user-profiles.js';
import { voiceProblems } from '../../config/voice-problems.js';
import {
  codesAndPlaces,
  known,
  library,
  placeIn,
  problemsOf,
  profiles,
  siteText,
  temporaryDir,
  writeTemporary,
} from './rig.js';

type Change = readonly [from: string, to: string];

/** A change of the good site, and the text that the problem must point at (`#2` = its second occurrence). */
interface SiteCase {
  readonly code: ConfigProblemCode;
  readonly changes: readonly Change[];
  readonly pointsAt: string;
}

const row = (code: ConfigProblemCode, pointsAt: string, ...changes: readonly Change[]): SiteCase => ({
  code,
  changes,
  pointsAt,
});

/** Limits of the box itself. */
function boxLimits(limits: string): Change {
  return ['uplinks:', `box: {limits: {${limits}}}\nuplinks:`];
}

/** Two lines to network boxes. */
function tcpLines(change: Change): Change[] {
  const lines = '  - {id: net, transport: tcp, host: box}\n  - {id: net2, transport: tcp, host: box2}\nzones:';
  return [['zones:', lines], change];
}

function spareLine(keys: string): Change[] {
  return [['zones:', `  - {id: spare, ${keys}}\nzones:`]];
}

/** One more device, own-1. */
function device(keys: string): Change[] {
  return [['outputs:', `  - {id: own-1, ${keys}, allow_draft: true}\noutputs:`]];
}

/** A unit on a line of its own that is not a serial one. */
function netUnit(profile: string, line: string): Change[] {
  return [['zones:', `  - {id: net, ${line}}\nzones:`], ...device(`profile: ${profile}, line: net, unit: 9`)];
}

/** A panel or host on a line that can carry it. */
function panels(keys: string): Change[] {
  const lines = '  - {id: net, path: /dev/ttyS8}\nzones:';
  return [['zones:', lines], ...device(`zone: hall, line: net, profile: ${keys}`)];
}
const planStep = (step: string): Change[] => [
  ['sound: [siren-hall, siren-main]}', `sound: [siren-hall], steps: [${step}]}`],
];
/** More keys of the plan for the hall. */
const planKeys = (keys: string): Change[] => [['siren-main]}', `siren-main], ${keys}}`]];

const uplinkKeys = (keys: string): Change[] => [['127.0.0.1:1883"', `127.0.0.1:1883", ${keys}`]];
/** One more uplink, of GB/T 26875.3. */
const centre = (keys: string): Change[] => [
  [
    '127.0.0.1:1883"}',
    `127.0.0.1:1883"}\n  - {id: gb, kind: gb26875, host: h, port: 5000, address: "010203040506", ${keys}}`,
  ],
];
const uplinkTemplate = (kind: string, topic: string, payload: string): Change[] =>
  uplinkKeys(`templates: {${kind}: {topic: '${topic}', payload: '${payload}'}}`);
/** The published test key of RFC 8032 §7.1, test 1. */
const publishedKey = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const commandKey = (right: string, key = publishedKey): Change[] => [
  [
    'gpio: {driver',
    `command_keys: [{id: k, public_key: ${key}, rights: [${right}], not_after: 2030-01-01}]\ngpio: {driver`,
  ],
];

const panelKeys = (keys: string): Change => ['uplinks:', `panel: {${keys}}\nuplinks:`];
const households = (...each: readonly string[]): Change => [
  'uplinks:',
  `households:\n${each.map((keys) => `  - {door: 1 Lane, ${keys}}\n`).join('')}uplinks:`,
];

/** One more output, own-out. */
const ownOutput = (keys: string): Change[] => [['plans:', `  - {id: own-out, ${keys}}\nplans:`]];
/** Loudspeakers and messages in front of the plans. */
const voice = (speakers: readonly string[], messages: readonly string[] = [fireMessage]): Change => [
  'plans:',
  `speakers:\n${speakers.map((keys) => `  - {${keys}}\n`).join('')}messages:\n${messages.map((keys) => `  - {${keys}}\n`).join('')}plans:`,
];
const fireMessage = 'id: fire, text: "{{place}}着火"';
const horn = 'id: horn, player: {kind: syn6288, path: /dev/ttyS9}';
const speaks = (keys: string, message = 'fire'): Change[] => [
  voice([keys], [fireMessage, 'id: bell, track: 3']),
  ...planKeys(`say: [{message: ${message}, on: [horn]}]`),
];
/** More keys of the file, with a loudspeaker that can say `fire`. */
const exercise = (keys: string): Change[] => [voice([horn]), ['uplinks:', `${keys}\nuplinks:`]];
const announce = (at: string, quiet: string): Change[] =>
  exercise(`programme:\n  - {id: watch, message: fire, on: [horn], at: "${at}"}\nquiet_hours: ${quiet}`);
const proof = (keys: string): Change[] => [['{pin: 17}, on', `{pin: 17}, proof: {${keys}}, on`]];
const timed = (device: string, keys: string, promise = 'go_quiet'): Change[] =>
  ownOutput(`kind: siren, relay: {device: ${device}, channel: 2, ${keys}}, on_control_lost: ${promise}`);
const installed = (keys: string): Change[] => [['zone: hall, allow', `zone: hall, ${keys}, allow`]];
const step = (keys: string): Change[] => [voice([horn]), ...planStep(keys)];
const ownRelay = 'relay: {device: relay-1, channel: 2}';
const ownLamp = ownOutput(`kind: lamp, shows: fire, ${ownRelay}, on_control_lost: keep_sounding`);
const ownLampless = ownOutput(`kind: strobe, ${ownRelay}, on_control_lost: keep_sounding`);
const ownHeartbeat = ownOutput('kind: heartbeat, gpio: {pin: 5}');
const panel9600 = device('zone: hall, line: net, profile: own-panel');
const panel = '  - {id: panel, profile: own-panel, zone: hall, line: net, allow_draft: true}\n';

function probe(options: string): Change[] {
  const line: Change = ['path: /dev/ttyS2', 'path: /dev/ttyS2, timeout_ms: 300'];
  return [line, ...device(`profile: own-probe, options: ${options}, line: west, unit: 9`)];
}

/** Limits of the unit above, for 5 MPa. */
function limits(written: string): Change[] {
  return probe(`{range: 5, unit: MPa}, limits: {${written}}`);
}

function sampling(written: string): Change[] {
  return probe(`{range: 5, unit: MPa}, sampling: {${written}}`);
}

function sensor(options: string, variant = '', module = 'ai-1'): Change[] {
  const unit = `  - {id: ai-1, profile: own-analog, line: west, unit: 8, allow_draft: true${variant}}\noutputs:`;
  const input = `input: {device: ${module}, channel: 2}`;
  return [['outputs:', unit], ...device(`profile: own-sensor, options: ${options}, ${input}`)];
}

function twoObjects(address: string, id: string): string {
  return `[{address: 1-2, id: a}, {address: ${address}, id: ${id}}]`;
}

/** A listed detector of an electrical-fire host. */
function hostObject(options: string, address: string, more = ''): Change[] {
  const objects = `[{address: ${address}, id: a${more}}]`;
  return panels(`fusaier-host, unit: 2, options: ${options}, objects: ${objects}`);
}

const siteCases: readonly SiteCase[] = [
  row('CONF-007', 'unit: 21', ['unit: 20', 'unit: 20, unit: 21']),
  row('CONF-008', '*z}', ['zone: pool}', 'zone: *z}']),
  row('CONF-008', 'hall, name', ['id: hall,', 'id: &z hall,']),
  row('CONF-008', '!own', ['version: 1', 'version: !own 1']),
  row('CONF-008', '20}', ['unit: 20', 'unit: !!int 20']),
  row('CONF-011', 'colour', ['unit: 20', 'unit: 20, colour: red']),
  row('CONF-011', '__proto__', ['unit: 20', 'unit: 20, __proto__: {a: 1}']),
  row('CONF-012', '{id: io-1', [' profile: n4d8b08,', '']),
  row('CONF-013', '"20"', ['unit: 20', 'unit: "20"']),
  row('CONF-014', '256', ['unit: 20', 'unit: 256']),
  row('CONF-014', 'District', ['id: district', 'id: District']),
  row('CONF-015', '2\n', ['version: 1', 'version: 2']),
  row('CONF-020', 'siren-hall, kind#2', ['id: siren-main', 'id: siren-hall'], [', siren-main]', ']']),
  row('CONF-021', '20}#2', ['unit: 30', 'unit: 20']),
  row('CONF-022', 'north', ['line: west', 'line: north']),
  row('CONF-023', 'attic', ['zone: pool}', 'zone: attic}']),
  row('CONF-024', 'unheard-of', ['profile: n4d8b08', 'profile: unheard-of']),
  row('CONF-025', 'io-9', ['device: io-1', 'device: io-9']),
  row('CONF-025', 'relay-9', ['device: relay-1', 'device: relay-9']),
  row('CONF-026', '9}', ['channel: 3', 'channel: 9']),
  row('CONF-026', '9}', ['channel: 1}', 'channel: 9}']),
  row('CONF-027', '100}', ['unit: 20', 'unit: 100']),
  row('CONF-027', '248}', ['unit: 20', 'unit: 248']),
  row('CONF-027', '0}', ['unit: 20', 'unit: 0']),
  row('CONF-028', 'generic-smoke-0010', [', allow_draft: true', '']),
  row('CONF-029', '{id: io-1, profile: n4d8b08}', [', line: west, unit: 20', '']),
  row('CONF-029', '{id: io-1, profile: n4d8b08, unit: 20}', ['line: west, unit: 20', 'unit: 20']),
  row('CONF-029', '{gpio: 5}', ['line: west, unit: 20', 'line: west, unit: 20, input: {gpio: 5}']),
  row('CONF-029', '{device: io-1, channel: 3, gpio: 5}', ['channel: 3}', 'channel: 3, gpio: 5}']),
  row('CONF-029', '{device: io-1}', [', channel: 3}', '}']),
  row('CONF-029', 'normally_open', ['unit: 20', 'unit: 20, contact: normally_open']),
  row('CONF-029', 'high', ['channel: 3}', 'channel: 3, closed_level: high}']),
  row('CONF-030', 'dry-contact-call-point', ['input: {device: io-1, channel: 3}', 'line: west, unit: 9']),
  row('CONF-030', 'generic-smoke-0010', ['line: east, unit: 1', 'input: {gpio: 5}']),
  row('CONF-031', '7}', ['/dev/ttyS1}', '/dev/ttyS1, data_bits: 7}']),
  row('CONF-031', 'even', ['/dev/ttyS2}', '/dev/ttyS2, parity: even}']),
  row('CONF-031', '115200', ['/dev/ttyS2}', '/dev/ttyS2, baud: 115200}']),
  // A device that speaks by itself says nothing wrong at the wrong rate: it says nothing at all.
  row('CONF-031', '4800}', ['zones:', '  - {id: net, path: /dev/ttyS8, baud: 4800}\nzones:'], ...panel9600),
  row('CONF-031', 'even}', ['zones:', '  - {id: net, path: /dev/ttyS8, parity: even}\nzones:'], ...panel9600),
  row('CONF-031', '2}\nzones', ['zones:', '  - {id: net, path: /dev/ttyS8, stop_bits: 2}\nzones:'], ...panel9600),
  row('CONF-031', '7}\nzones', ['zones:', '  - {id: net, path: /dev/ttyS8, data_bits: 7}\nzones:'], ...panel9600),
  row('CONF-031', '50, quar', ['/dev/ttyS1}', '/dev/ttyS1, timeout_ms: 50, quarantine_ms: 49}']),
  row('CONF-032', '/dev/../dev/ttyS1', ['/dev/ttyS2', '/dev/../dev/ttyS1']),
  row('CONF-032', 'BOX', ...tcpLines(['host: box2', 'host: BOX'])),
  row('CONF-033', '3}#2', ['{gpio: 4}', '{device: io-1, channel: 3}']),
  row('CONF-034', '4}#2', ['pin: 17', 'pin: 4']),
  row('CONF-035', '1}#3', ['gpio: {pin: 17}', 'relay: {device: relay-1, channel: 1}']),
  row('CONF-036', 'relay-1, channel: 3', ['device: io-1, channel: 3', 'device: relay-1, channel: 3']),
  row('CONF-037', 'smoke-1, channel', ['device: relay-1', 'device: smoke-1']),
  row('CONF-038', '{id: siren-main', [', gpio: {pin: 17}', '']),
  row('CONF-038', '{id: siren-hall', ['channel: 1}', 'channel: 1}, gpio: {pin: 5}']),
  row('CONF-039', 'go_quiet', ['keep_sounding', 'go_quiet']),
  row('CONF-040', '4}', ['gpio: {driver: sysfs}', '']),
  row('CONF-014', '"mqtt://a:b@h"', ['"mqtt://127.0.0.1:1883"', '"mqtt://a:b@h"']),
  row('CONF-043', 'pw,', ['kind: mqtt', 'kind: mqtt, password_file: pw, mqtt_version: 5']),
  row('CONF-043', 'c.pem', ['mqtt://127.0.0.1:1883"', 'mqtts://h", cert_file: c.pem']),
  row('CONF-043', 'k.pem', ['mqtt://127.0.0.1:1883"', 'mqtts://h", key_file: k.pem']),
  row('CONF-043', 'ca.pem', [':1883"', ':1883", ca_file: ca.pem']),
  row('CONF-043', 'ca.pem', ['mqtt://127.0.0.1:1883"', 'ws://h/mqtt", ca_file: ca.pem']),
  row('CONF-023', 'attic]', ...uplinkKeys('tell: {zones: [hall, attic]}')),
  row('CONF-096', 'alarms', ...uplinkKeys('tell: {kinds: [alarm, alarm.raised, alarms]}')),
  // The placeholder that people write: anybody can forge its signatures. So with the highest bit set, and so the point at 1.
  row('CONF-014', `${'A'.repeat(43)}=`, ...commandKey('silence', `${'A'.repeat(43)}=`)),
  row('CONF-014', `${'A'.repeat(41)}IA=`, ...commandKey('silence', `${'A'.repeat(41)}IA=`)),
  row('CONF-014', `AQ${'A'.repeat(41)}=`, ...commandKey('silence', `AQ${'A'.repeat(41)}=`)),
  row('CONF-095', 'true, mq', ...uplinkKeys('commands: true, mqtt_version: 5')),
  row('CONF-095', 'true, mq', ...uplinkKeys('commands: true, mqtt_version: 5'), ...commandKey('receipt')),
  row('CONF-095', 'signed', ...uplinkKeys('receipts: signed'), ...commandKey('silence')),
  row(
    'CONF-094',
    'true, mq',
    ...uplinkKeys('format: thingsboard, commands: true, mqtt_version: 5'),
    ...commandKey('silence'),
  ),
  row('CONF-094', 'unsigned', ...uplinkKeys('format: thingsboard, receipts: unsigned')),
  row('CONF-094', 'cbor', ...uplinkKeys('format: thingsboard, telemetry: cbor')),
  row('CONF-094', 'onenet', ...uplinkKeys('format: onenet, client_id: box-1')),
  row('CONF-094', 'onenet', ...uplinkKeys('format: onenet, username: p1')),
  row('CONF-094', '"a:b"', ...uplinkKeys('format: onenet, username: p1, client_id: "a:b"')),
  row('CONF-093', "'a/+/b'", ...uplinkTemplate('report', 'a/+/b', '{}')),
  row('CONF-093', "'a/{{detail}}'", ...uplinkTemplate('report', 'a/{{detail}}', '{}')),
  row('CONF-093', "'a/{{id'", ...uplinkTemplate('report', 'a/{{id', '{}')),
  row('CONF-093', '\'{"x": {{values}}}\'', ...uplinkTemplate('report', 'a', '{"x": {{values}}}')),
  row('CONF-093', '\'{"x": {{id}}\'', ...uplinkTemplate('report', 'a', '{"x": {{id}}')),
  row('CONF-093', '\'{"x": {{sequence}}\'', ...uplinkTemplate('status', 'a', '{"x": {{sequence}}')),
  row('CONF-097', 'box-1}#2', [
    'mqtt://127.0.0.1:1883"}',
    'mqtt://b:1883", client_id: box-1}\n  - {id: two, kind: mqtt, url: "mqtt://B:1883/", client_id: box-1}',
  ]),
  row('CONF-043', 'login', ...centre('handshake: login, username: box')),
  row('CONF-043', 'login', ...centre('preset: login')),
  row('CONF-043', 'pw', ...centre('password_file: pw')),
  row('CONF-099', '{point: call-1', ...centre('points: [{point: call-1, number: 1}]')),
  row('CONF-100', '9, analog', ...centre('roles: [{role: smoke.alarm, component: 9, analog: 3}]')),
  row('CONF-100', '77}', ...centre('roles: [{role: smoke.alarm, system: 77}]')),
  row('CONF-101', '130}', ...centre('roles: [{role: cable_temp, analog: 130}]')),
  row('CONF-102', 'smoke.alarm}', ...centre('roles: [{role: smoke.alarm, system: 1}, {role: smoke.alarm}]')),
  row('CONF-103', 'smok-1', ...centre('points: [{point: smok-1, zone: 7}]')),
  row('CONF-103', '{point: smoke-1/smok,', ...centre('points: [{point: smoke-1/smok, zone: 7}]')),
  row('CONF-044', '{id: west}', ['west, path: /dev/ttyS2', 'west']),
  row('CONF-044', 'box}', ['path: /dev/ttyS2', 'path: /dev/ttyS2, host: box']),
  row('CONF-044', '{id: spare, transport: rtu_over_tcp', ...spareLine('transport: rtu_over_tcp, host: box')),
  row('CONF-044', '3}', ...spareLine('transport: rtu_over_tcp, host: box, port: 26, in_flight: 3')),
  row('CONF-044', 'even', ...spareLine('transport: tcp, host: box, parity: even')),
  row('CONF-044', '{mode: rts}', ...spareLine('transport: tcp, host: box, rs485: {mode: rts}')),
  row('CONF-014', '300.1.1.1', ...spareLine('transport: tcp, host: 300.1.1.1')),
  row('CONF-014', 'box_1', ...spareLine('transport: tcp, host: box_1')),
  row('CONF-044', 'true}}', ...spareLine('path: /dev/ttyS5, rs485: {mode: rts, receives_own: true}')),
  row('CONF-011', '__proto__', ['unit: 20', 'unit: 20, options: {__proto__: 1}']),
  row('CONF-045', 'net, unit: 9', ...netUnit('n4d8b08', 'transport: tcp, host: box')),
  row('CONF-045', 'net, unit: 9', ...netUnit('own-host', 'transport: tcp, host: box, baud: 9600')),
  row('CONF-045', 'west, unit: 9', ...device('profile: own-host, line: west, unit: 9')),
  row('CONF-021', 'net, profile', ['outputs:', `${panel}outputs:`], ...panels('own-panel')),
  row('CONF-021', 'net, profile', ['outputs:', `${panel}outputs:`], ...panels('own-host, unit: 2')),
  row('CONF-027', '10, allow', ...panels('own-host, unit: 10')),
  row('CONF-029', '9, allow', ...panels('own-panel, unit: 9')),
  row('CONF-047', '1, range', ...probe('{rnge: 1, range: 1, unit: MPa}')),
  row('CONF-048', '{id: own-1', ...probe('{unit: MPa}')),
  row('CONF-049', '101', ...probe('{range: 101, unit: MPa}')),
  row('CONF-049', '"1"', ...probe('{range: "1", unit: MPa}')),
  row('CONF-049', 'psi', ...probe('{range: 1, unit: psi}')),
  row('CONF-049', '0}, input', ...sensor('{high: 0}')),
  row('CONF-053', 'm}', ...probe('{range: 1, unit: m}')),
  row('CONF-053', 'kPa, med', ...probe('{range: 1, unit: kPa, medium: level}')),
  row('CONF-053', 'ai-1, channel', ...sensor('{high: 400}', ', variant: voltage')),
  row('CONF-036', 'io-1, channel: 2', ...sensor('{high: 400}', '', 'io-1')),
  row('CONF-029', '{gpio: 7}', ...device('profile: own-sensor, options: {high: 1}, input: {gpio: 7}')),
  row('CONF-029', 'normally_open', ...sensor('{high: 400}, contact: normally_open')),
  row('CONF-054', 'v3', ...probe('{range: 1, unit: MPa}, variant: v3')),
  row('CONF-054', 'v3', ['unit: 20', 'unit: 20, variant: v3']),
  row('CONF-025', 'nobody', ['channel: 3}', 'channel: 3}, excludes: nobody']),
  row('CONF-055', 'float-1', ['channel: 3}', 'channel: 3}, excludes: float-1']),
  row('CONF-055', 'smoke-1, zone', ['channel: 3}', 'channel: 3}, excludes: smoke-1']),
  row('CONF-055', 'call-1, zone', ['channel: 3}', 'channel: 3}, excludes: call-1']),
  row('CONF-056', '1-x', ...panels('own-panel, objects: [{address: 1-x, id: a}]')),
  row('CONF-056', '1-2, id: b', ...panels(`own-panel, objects: ${twoObjects('1-2', 'b')}`)),
  row('CONF-056', '2-5, id', ...hostObject('{alarm_means: fire, channels: true}', '2-5')),
  row('CONF-056', '32-5-1', ...hostObject('{alarm_means: fire, channels: true}', '32-5-1')),
  row('CONF-056', '2-5-3', ...hostObject('{alarm_means: fire}', '2-5-3')),
  row('CONF-052', 'pool}]', ...hostObject('{alarm_means: fire}', '2-5', ', zone: pool')),
  row('CONF-056', '[{address', ...panels('own-host, unit: 2, objects: [{address: 1-1, id: a}]')),
  row('CONF-020', 'a}]', ...panels(`own-panel, objects: ${twoObjects('1-3', 'a')}`)),
  row('CONF-020', 'level}', ...panels('own-panel, objects: [{address: 1-1, id: level}]')),
  row('CONF-023', 'attic', ...panels('own-panel, objects: [{address: 1-1, id: a, zone: attic}]')),
  row('CONF-052', 'pool}]', ...panels('own-panel, objects: [{address: 1-1, id: a, zone: pool}]')),
  row('CONF-057', 'line-1', ['id: io-1, profile', 'id: line-1, profile'], ['device: io-1', 'device: line-1']),
  row(
    'CONF-057',
    'uplink-district',
    ['id: io-1, profile', 'id: uplink-district, profile'],
    ['device: io-1', 'device: uplink-district'],
  ),
  row('CONF-057', 'box', ['id: io-1, profile', 'id: box, profile'], ['device: io-1', 'device: box']),
  row('CONF-050', 'siren-x]', ['siren-main]', 'siren-x]']),
  row(
    'CONF-051',
    '[siren-main]',
    ['[siren-hall, siren-main]', '[siren-main]'],
    ['siren-main, kind: siren', 'siren-main, kind: lamp'],
  ),
  row('CONF-050', 'siren-x]', ...planStep('{confirmed: true, sound: [siren-x]}')),
  row('CONF-058', '{sound: [siren-main]}', ...planStep('{sound: [siren-main]}')),
  row('CONF-058', '{confirmed: true', [
    'uplinks:',
    '  - {id: gas, when: {class: warning, zones: all}, sound: [siren-hall], steps: [{confirmed: true, sound: [siren-main]}]}\nuplinks:',
  ]),
  row('CONF-014', 'hall.example', panelKeys('listen: hall.example')),
  row('CONF-014', '65536', panelKeys('port: 65536')),
  row('CONF-014', '"http://a.cn"', panelKeys('names: ["http://a.cn"]')),
  row('CONF-014', '"a.cn:8080"', panelKeys('names: ["a.cn:8080"]')),
  row('CONF-014', '192.168.1.5', panelKeys('names: [192.168.1.5]')),
  row('CONF-012', '{cert: a.pem}', panelKeys('tls: {cert: a.pem}')),
  row('CONF-079', '"07:30"#2', panelKeys('night: {from: "07:30", to: "07:30"}')),
  row('CONF-098', 'h1#2', households('id: h1, care: [other]', 'id: h1, care: [other]')),
  row('CONF-023', 'nowhere', households('id: h1, care: [disabled], zone: nowhere')),
  row('CONF-025', 'nobody', households('id: h1, care: [bedridden], near: [nobody]')),
  row('CONF-012', '{door', households('id: h1')),
  row('CONF-014', '[]', ...planKeys('what_to_do: []')),
  row('CONF-012', '{id: own-out', ...ownOutput(`kind: siren, ${ownRelay}`)),
  row('CONF-070', '{device: relay-1, channel: 2}', ...ownOutput(`kind: heartbeat, ${ownRelay}`)),
  row('CONF-038', '{id: own-out', ...ownOutput('kind: heartbeat')),
  row('CONF-034', '17}#2', ...ownOutput('kind: heartbeat, gpio: {pin: 17}')),
  row(
    'CONF-071',
    'fire, relay',
    ...ownOutput(`kind: strobe, shows: fire, ${ownRelay}, on_control_lost: keep_sounding`),
  ),
  row('CONF-071', 'go_quiet', ...ownOutput('kind: heartbeat, gpio: {pin: 5}, on_control_lost: go_quiet')),
  row('CONF-059', 'own-out]', ...ownLamp, ['siren-main]}', 'siren-main, own-out]}']),
  row('CONF-059', 'own-out]', ...ownHeartbeat, ...planStep('{confirmed: true, sound: [own-out]}')),
  row('CONF-012', '{id: hall-fire', ...planKeys('preset: unmanned_village')),
  row('CONF-050', 'siren-x]', ...planKeys('preset: unmanned_village, village: [siren-x]')),
  row('CONF-050', 'siren-x]', ...planKeys('preset: manned_station, village: [siren-main], neighbours: [siren-x]')),
  row('CONF-072', '[siren-main]}', ...planKeys('village: [siren-main]')),
  row('CONF-072', '[siren-main]}', ...planKeys('neighbours: [siren-main]')),
  row(
    'CONF-072',
    '[{after_s',
    ...planKeys('preset: manned_station, village: [siren-main], steps: [{after_s: 9, sound: [siren-main]}]'),
  ),
  row('CONF-072', 'warning', [
    'uplinks:',
    '  - {id: gas, when: {class: warning, zones: all}, sound: [siren-hall], preset: manned_station, village: [siren-main]}\nuplinks:',
  ]),
  row('CONF-011', 'hi:', ...limits('told: {hi: 1}')),
  row('CONF-011', '__proto__', ...limits('__proto__: {high: 1}')),
  row('CONF-064', '{high: 1}', ...limits('vale: {high: 1}')),
  row('CONF-064', '{high: 1}', ['unit: 20', 'unit: 20, limits: {"di[1..8]": {high: 1}}']),
  row('CONF-065', '{high: 1}', ...limits('code: {high: 1}')),
  row('CONF-065', '{high: 1}', ['zone: hall, allow', 'zone: hall, limits: {smoke: {high: 1}}, allow']),
  row('CONF-065', '{low: 1}', ['channel: 3}, zone', 'channel: 3}, limits: {contact: {low: 1}}, zone']),
  row('CONF-065', '{low: 1}', ...panels('own-panel, limits: {fire: {low: 1}}')),
  row('CONF-091', '{off: true}', ...sampling('vale: {off: true}')),
  row('CONF-091', '{off: true}', ...sampling('code: {off: true}')),
  row('CONF-092', '9}}', ['zone: hall, allow', 'zone: hall, sampling: {smoke: {deadband: 9}}, allow']),
  row('CONF-066', '{deadband: 1}', ...limits('told: {deadband: 1}')),
  row('CONF-066', '0.5}', ...limits('told: {low: 0.6, high: 0.5}')),
  row('CONF-066', '0.3}', ...limits('told: {low: 0.4, high: 1, deadband: 0.3}')),
  row('CONF-066', '1.2}', ...limits('told: {high: 1.2, deadband: 1.2}')),
  row('CONF-067', '7.6}', ...limits('value: {high: 7.6}')),
  row('CONF-067', '2}}', ...limits('told: {low: 2}')),
  row('CONF-067', '1701}', ...sensor('{high: 1600}, limits: {value: {high: 1701}}')),
  row('CONF-067', '501}', ...panels('own-panel, limits: {level: {high: 501}}')),
  row('CONF-064', '{high: 75}', boxLimits('temprature: {high: 75}')),
  row('CONF-065', '{high: 200}', boxLimits('memory: {high: 200}')),
  row('CONF-065', '{low: 1}', boxLimits('supply: {low: 1}')),
  row('CONF-066', '{deadband: 5}', boxLimits('temperature: {deadband: 5}')),
  row('CONF-067', '100}', boxLimits('disk_free: {low: 100}')),
  row('CONF-011', '__proto__', boxLimits('__proto__: {high: 1}')),
  row('CONF-011', 'limit:', ['uplinks:', 'box: {limit: {}}\nuplinks:']),
  row('CONF-020', 'horn, player#2', voice([horn, horn.replace('S9', 'S8')])),
  row('CONF-020', 'fire, text#2', voice([horn], [fireMessage, fireMessage])),
  row(
    'CONF-020',
    'watch, message#2',
    ...exercise(
      'programme:\n  - {id: watch, message: fire, on: [horn], at: "18:00"}\n  - {id: watch, message: fire, on: [horn], at: "19:00"}',
    ),
  ),
  row('CONF-068', 'hornn]', voice([horn]), ...planKeys('say: [{message: fire, on: [hornn]}]')),
  row('CONF-068', 'hornn]', ...step('{after_s: 9, say: [{message: fire, on: [hornn]}]}')),
  row('CONF-068', 'hornn]', voice([horn]), ...planKeys('all_clear: {message: fire, on: [hornn]}')),
  row('CONF-068', 'hornn]', ...exercise('walk_test: {on: [hornn]}')),
  row('CONF-069', 'fyre', voice([horn]), ...planKeys('say: [{message: fyre, on: [horn]}]')),
  row('CONF-069', 'fyre', ...exercise('drill: {begins: {message: fyre, on: [horn]}}')),
  row('CONF-069', 'fyre', ...exercise('drill: {ends: {message: fyre, on: [horn]}}')),
  row('CONF-069', 'fyre', ...exercise('siren_test: {day: monday, at: "10:00", begins: {message: fyre, on: [horn]}}')),
  row('CONF-069', 'fyre', ...exercise('programme: [{id: watch, message: fyre, on: [horn], at: "18:00"}]')),
  row(
    'CONF-069',
    'fyre',
    voice([horn]),
    ...planKeys('preset: manned_station, village: [siren-main], village_say: [{message: fyre, on: [horn]}]'),
  ),
  row(
    'CONF-069',
    'fyre',
    voice([horn]),
    ...planKeys('preset: manned_station, village: [siren-main], neighbours_say: [{message: fyre, on: [horn]}]'),
  ),
  row('CONF-073', 'horn]', ...speaks('id: horn, player: {kind: aplay}')),
  row('CONF-073', 'horn]', ...speaks('id: horn, player: {kind: dfplayer, path: /dev/ttyS9}')),
  row('CONF-073', 'horn]', ...speaks('id: horn, player: {kind: dy, path: /dev/ttyS9}')),
  row('CONF-073', 'horn]', ...speaks(horn, 'bell')),
  row('CONF-073', 'horn]', ...speaks(horn.replace('syn6288', 'xfs5152'), 'bell')),
  row(
    'CONF-073',
    'horn]',
    ...ownOutput(`kind: amplifier, ${ownRelay}, on_control_lost: keep_sounding`),
    ...speaks('id: horn, player: {kind: line}, amplifier: own-out'),
  ),
  row('CONF-073', 'horn]', voice(['id: horn, player: {kind: aplay}']), [
    'uplinks:',
    'walk_test: {on: [horn]}\nuplinks:',
  ]),
  row('CONF-074', 'plughw', voice(['id: horn, player: {kind: dy, path: /dev/ttyS9, device: plughw:1}'])),
  row('CONF-074', '9600', voice(['id: horn, player: {kind: aplay, baud: 9600}'])),
  row('CONF-074', '/dev/ttyS9', voice(['id: horn, player: {kind: aplay, path: /dev/ttyS9}'])),
  row('CONF-074', '90}', voice(['id: horn, player: {kind: syn6288, path: /dev/ttyS9, longest_track_s: 90}'])),
  row('CONF-012', '{kind: dfplayer', voice(['id: horn, player: {kind: dfplayer}'])),
  row('CONF-012', '{id: horn', voice(['id: horn, player: {kind: line}'])),
  row('CONF-075', '/dev/ttyS2#2', voice([horn.replace('S9', 'S2')])),
  row('CONF-075', '/dev/./ttyS9', voice([horn, horn.replace('horn', 'horn-2').replace('/ttyS9', '/./ttyS9')])),
  row('CONF-076', 'siren-main}', voice([`${horn}, amplifier: siren-main`])),
  row('CONF-050', 'amp}', voice([`${horn}, amplifier: amp`])),
  row('CONF-023', 'attic', voice([`${horn}, zone: attic`])),
  row('CONF-077', '{id: none}', voice([horn], ['id: none'])),
  row('CONF-078', '"{{plcae}}', voice([horn], ['id: fire, text: "{{plcae}}着火"'])),
  row('CONF-078', '"着火', voice([horn], ['id: fire, text: "着火 {{"'])),
  row('CONF-014', 'fire.mp3', voice([horn], ['id: fire, file: fire.mp3'])),
  row('CONF-079', '"21:00", volume', voice([`${horn}, volumes: [{from: "21:00", to: "21:00", volume: 9}]`])),
  row('CONF-079', '"21:00"}', ...exercise('quiet_hours: {from: "21:00", to: "21:00"}')),
  row('CONF-080', '"23:00"', ...announce('23:00', '{from: "21:00", to: "07:00"}')),
  row('CONF-080', '"06:59"', ...announce('06:59', '{from: "21:00", to: "07:00"}')),
  row('CONF-080', '"12:00"', ...announce('12:00', '{from: "12:00", to: "14:00"}')),
  row('CONF-081', '{sounds_s: 44}', ...exercise('cadences: {fire: {sounds_s: 44}}')),
  row('CONF-014', '21}', ...exercise('cadences: {fire: {burst_s: 21}}')),
  row('CONF-086', 'own-out]', ...ownLampless, [
    'uplinks:',
    'siren_test: {day: monday, at: "10:00", outputs: [own-out]}\nuplinks:',
  ]),
  row('CONF-050', 'siren-x]', ...exercise('siren_test: {day: monday, at: "10:00", outputs: [siren-x]}')),
  row('CONF-082', '{point', ...proof('point: call-1/contact')),
  row('CONF-082', '{point', ...proof('point: call-1/contact, state: alarm, at_least: 1')),
  row('CONF-082', 'alrm', ...proof('point: call-1/contact, state: alrm')),
  row('CONF-082', '77}', ...proof('point: call-1/contact, at_least: 77')),
  row('CONF-082', 'on}, on', ...probe('{range: 1, unit: MPa}'), ...proof('point: own-1/value, state: on')),
  row('CONF-082', 'own-1/fire', ...panels('own-panel'), ...proof('point: own-1/fire, state: alarm')),
  row('CONF-025', 'call-9', ...proof('point: call-9/contact, state: alarm')),
  row('CONF-064', 'call-1/contct', ...proof('point: call-1/contct, state: alarm')),
  row('CONF-014', 'call-1, state', ...proof('point: call-1, state: alarm')),
  row(
    'CONF-071',
    '{point',
    ...ownOutput('kind: heartbeat, gpio: {pin: 5}, proof: {point: call-1/contact, state: alarm}'),
  ),
  row('CONF-083', '44}', ...timed('own-relay', 'timed_s: 44'), [
    'outputs:',
    '  - {id: own-relay, profile: own-relay, line: west, unit: 9, allow_draft: true}\noutputs:',
  ]),
  row('CONF-083', '256}', ...timed('io-1', 'timed_s: 256')),
  row('CONF-039', 'keep_sounding#3', ...timed('relay-1', 'timed_s: 30', 'keep_sounding')),
  row(
    'CONF-071',
    '44}',
    ...ownOutput(
      'kind: lamp, shows: fire, relay: {device: relay-1, channel: 2, timed_s: 44}, on_control_lost: go_quiet',
    ),
  ),
  row('CONF-059', 'own-out]', ...ownOutput(`kind: amplifier, ${ownRelay}, on_control_lost: keep_sounding`), [
    'siren-main]}',
    'siren-main, own-out]}',
  ]),
  row('CONF-084', '2024-02-30', ...installed('installed: 2024-02-30')),
  row('CONF-084', '1989-12-31', ...installed('installed: 1989-12-31')),
  row('CONF-084', '2100-01-01', ...installed('installed: 2100-01-01')),
  row(
    'CONF-084',
    '2024-13-01',
    ...installed('installed: 2024-01-01, upkeep: {calibrate_months: 12, calibrated: 2024-13-01}'),
  ),
  row(
    'CONF-084',
    '2023-12-31',
    ...installed('installed: 2024-01-01, upkeep: {calibrate_months: 12, calibrated: 2023-12-31}'),
  ),
  row('CONF-012', '2024-02-01', ...installed('installed: 2024-01-01, upkeep: {calibrated: 2024-02-01}')),
  row('CONF-014', '9, ', voice([`${horn}, loud_volume: 9, volume: 50`])),
  row('CONF-014', '2024-5-1', ...installed('installed: 2024-5-1')),
  row('CONF-012', '{replace_years: 10}', ...installed('upkeep: {replace_years: 10}')),
  row('CONF-085', '{after_s: 9}', ...planStep('{after_s: 9}')),
  row('CONF-072', '[{message', voice([horn]), ...planKeys('village_say: [{message: fire, on: [horn]}]')),
  row('CONF-052', 'hall, allow_draft', ['zones: [hall]', 'zones: [pool]']),
  row('CONF-052', '{id: call-1', ['channel: 3}, zone: hall', 'channel: 3}']),
];

const goodProfile = `schema: 1
id: own
revision: 1
names: {zh: 自有, en: own}
category: fire
safety: monitoring
status: draft
link: {kind: contact}
contact:
  role: smoke.alarm
  usual: normally_open
  rest: {key: normal, names: {zh: 正常, en: normal}, severity: normal}
  active: {key: alarm, names: {zh: 火警, en: fire}, severity: fire}
  on_delay_ms: 0
  off_delay_ms: 0
`;

async function directoryOf(files: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  const directory = temporaryDir();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
  return (await loadProfileLibrary(directory)).problems;
}

async function userFolderOf(files: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  const directory = temporaryDir();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
  return (await loadUserLibrary(directory, null)).problems;
}

async function fileProblems(content: string | Uint8Array): Promise<readonly Problem[]> {
  const outcome = await loadConfig(writeTemporary('gateway.yaml', content), { ...known, profiles });
  return outcome.ok ? [] : outcome.problems;
}

/** Those that a change of the good site can not provoke. */
const otherCases: readonly (readonly [ConfigProblemCode, string, () => Promise<readonly Problem[]>])[] = [
  ['CONF-001', '1:1', async () => refusedFile(path.join(temporaryDir(), 'none.yaml'))],
  ['CONF-002', '1:1', async () => refusedFile(temporaryDir())],
  ['CONF-003', '1:1', () => fileProblems('#'.repeat(fileMaxBytes + 1))],
  ['CONF-004', '1:1', () => fileProblems(new Uint8Array([0xd6, 0xd0, 0xce, 0xc4]))],
  ['CONF-005', '1:1', () => fileProblems('')],
  ['CONF-006', '2:12', () => fileProblems('version: 1\nsite: {id: [a, b}\n')],
  ['CONF-009', '1:1', () => fileProblems('['.repeat(100_000))],
  ['CONF-010', '1:1', () => fileProblems(Array.from({ length: 300 }, (_, at) => `k${at}: 1`).join('\n'))],
  ['CONF-041', '22:16', async () => withKnown({ knownPinDrivers: ['simulated'] })],
  ['CONF-042', '21:26', async () => withKnown({ knownUplinks: [] })],
  ['CONF-046', '16:49', async () => withKnown({ knownCodecs: ['fusaier'] }, panels('own-panel'))],
  ['CONF-060', '2:5', () => directoryOf({ 'other.yaml': goodProfile })],
  [
    'CONF-061',
    placeIn(goodProfile, 'fire}', 2),
    () => directoryOf({ 'own.yaml': goodProfile.replace('severity: fire', 'severity: warning') }),
  ],
  ['CONF-062', '-', async () => (await loadProfileLibrary('/nowhere')).problems],
  ['CONF-063', '-', async () => (await loadUserLibrary(writeTemporary('profiles', 'no folder'), null)).problems],
  ['CONF-087', '2:5', () => userFolderOf({ 'sdm120.yaml': goodProfile.replace('id: own', 'id: sdm120') })],
  [
    'CONF-088',
    '-',
    () => userFolderOf(Object.fromEntries(Array.from({ length: userFilesMax + 1 }, (_, i) => [`a${i}.yaml`, '#']))),
  ],
  ['CONF-089', '1:1', () => userFolderOf({ 'own.yml': goodProfile })],
];

async function refusedFile(file: string): Promise<readonly Problem[]> {
  const outcome = await loadConfig(file, { ...known, profiles });
  return outcome.ok ? [] : outcome.problems;
}

function withKnown(options: Partial<LoadOptions>, changes: readonly Change[] = []): readonly Problem[] {
  const outcome = loadConfigText('/site/gateway.yaml', siteText(...changes), {
    ...known,
    profiles: library,
    ...options,
  });
  return outcome.ok ? [] : outcome.problems;
}

function load(text: string, own: ProfileLibrary) {
  return loadConfigText('/site/gateway.yaml', text, { ...known, profiles: own });
}

describe('config problems', () => {
  it.each(siteCases)('$code is found, at its place: $pointsAt', ({ code, changes, pointsAt }) => {
    const text = siteText(...changes);
    const [part = '', occurrence] = pointsAt.split('#');
    const found = codesAndPlaces(problemsOf(text));
    expect(found).toContain(`${code} ${placeIn(text, part, Number(occurrence ?? 1))}`);
  });

  it.each(otherCases)('%s is found, at its place', async (code, place, provoke) => {
    expect(codesAndPlaces(await provoke())).toContain(`${code} ${place}`);
  });

  it('every config problem can be provoked', () => {
    const provoked = new Set<string>([...siteCases.map(({ code }) => code), ...otherCases.map(([code]) => code)]);
    expect(Object.keys(configProblems).filter((code) => !provoked.has(code))).toEqual([]);
  });

  it('a password that somebody wrote into an address is not repeated', () => {
    const [problem] = problemsOf(siteText(['"mqtt://127.0.0.1:1883"', '"mqtts://me:geheim@h:8883"']));
    expect([problem?.code, JSON.stringify(problem).includes('geheim')]).toEqual(['CONF-014', false]);
  });

  it('no code means two things: each is declared once', () => {
    const parts = [outputProblems, voiceProblems, uplinkProblems, samplingProblems, panelProblems].flatMap((part) =>
      Object.keys(part),
    );
    expect(parts.filter((code, at) => parts.indexOf(code) !== at)).toEqual([]);
  });

  it('every config problem has a hint in both languages, in lower case and without exclamation', () => {
    for (const { zh, en, hint } of Object.values(configProblems)) {
      expect(`${zh}${hint.zh}`).toMatch(/[\u4e00-\u9fff]/);
      expect(`${en} ${hint.en}`).toMatch(/^[a-z][^!]+$|^YAML /);
    }
  });

  it('a sentence about what was expected or found stands in Chinese too', () => {
    const sentence =
      /[a-z]{3,} (?:and|or|with|for|of|to|only|is|has|not|no) |^(?:no|at most|at least|neither|both|none|such) /;
    const english = siteCases.flatMap(({ changes }) =>
      problemsOf(siteText(...changes)).flatMap(({ code, expected, got }) =>
        [expected, got].flatMap((told) => (typeof told === 'string' && sentence.test(told) ? [`${code} ${told}`] : [])),
      ),
    );
    expect([...new Set(english)]).toEqual([]);
  });

  it('one mistake gives one problem', () => {
    const noisy = siteCases.filter(({ changes }) => problemsOf(siteText(...changes)).length !== 1);
    expect(noisy.map(({ code, pointsAt }) => `${code} ${pointsAt}`)).toEqual([
      // An alias gives no value, so the key is empty as well.
      'CONF-008 *z}',
    ]);
  });
});

describe('rules of a profile', () => {
  const fireStates =
    'role: call_point.alarm, table: coil, addr: 0, type: bool, states: [{raw: 1, key: alarm, names: {zh: 火, en: fire}, severity: fire}], on_delay_ms: ';
  const modbus = (changes: readonly Change[] = []): string => {
    let text = `schema: 1
id: own
revision: 1
names: {zh: 自有, en: own}
category: relay
safety: monitoring
status: draft
link: {kind: modbus, transports: [rtu]}
serial: {baud: 9600, data_bits: 8, parity: none, stop_bits: 1}
timing: {response_timeout_ms: 100, inter_request_ms: 0, min_scan_ms: 0}
limits: {fc: [1, 2, 4, 5], max_read: 8}
points:
  - key: di[1..4]
    names: {zh: 输入, en: input}
    role: contact
    table: discrete
    addr: 0
    type: bool
    states:
      - {raw: 0, key: open, names: {zh: 断, en: open}, severity: normal}
      - {raw: 1, key: closed, names: {zh: 合, en: closed}, severity: info}
  - {key: level, names: {zh: 液位, en: level}, role: water.level, table: input, addr: 4, type: s16, unit: m, valid_range: [0, 9]}
  - {key: "y[1..2]", names: {zh: 出, en: out}, role: relay.state, table: coil, addr: 0, type: bool}
commands:
  row: y[1..2]
  on: {table: coil, addr: 0, value: 1}
  off: {table: coil, addr: 0, value: 0}
  verify: {raw_on: 1, within_ms: 500}
`;
    for (const [from, to] of changes) text = text.replace(from, to);
    return text;
  };

  it.each<readonly [promise: string, change: Change]>([
    ['a bit is not a register', ['addr: 4, type: s16', 'addr: 4, type: bool']],
    ['a raw value means one state', ['raw: 1', 'raw: 0']],
    ['an input is open or closed', ['key: closed', 'key: shut']],
    ['inputs are a row of channels', ['key: di[1..4]', 'key: di']],
    ['a point that can be an alarm says what is believable', [', valid_range: [0, 9]', '']],
    ['a number that can be an alarm has a physical unit', [', unit: m', '']],
    ['a number is never a fire', ['role: water.level', 'role: heat.alarm']],
    ['a role with a class needs a state of that class', ['role: contact', 'role: pump.fault']],
    ['a fire does not wait a minute', ['role: relay.state, table: coil, addr: 0, type: bool}', `${fireStates}5001}`]],
    ['a severity is normal, info, fault or the class of the role', ['severity: info', 'severity: fire']],
    ['a key names one point', ['key: level', 'key: y']],
    ['commands name a row of points', ['row: y[1..2]', 'row: y[1..3]']],
    ['a coil is 0 or 1', ['value: 1', 'value: 256']],
    ['an address range begins with the lowest', ['limits:', 'address_range: [9, 1]\nlimits:']],
    ['only evidence lifts a profile above draft', ['status: draft', 'status: community']],
  ])('%s', (_promise, change) => {
    expect(parseProfile('own.yaml', modbus()).problems).toEqual([]);
    const { profile, problems } = parseProfile('own.yaml', modbus([change]));
    expect(profile).toBeNull();
    expect(problems.map(({ code }) => code)).toEqual(['CONF-061']);
  });

  it.each<readonly [promise: string, path: string, changes: readonly Change[]]>([
    ['the active state of a fire contact is a fire', 'severity: info', [['severity: fire', 'severity: info']]],
    ['a fire contact waits at most 5 s', 'on_delay_ms: 5001', [['on_delay_ms: 0', 'on_delay_ms: 5001']]],
    [
      'the active state of any contact with a class has that class',
      'severity: info',
      [
        ['role: smoke.alarm', 'role: water.low'],
        ['severity: fire', 'severity: info'],
      ],
    ],
  ])('%s', (_promise, part, changes) => {
    let text = goodProfile;
    for (const [from, to] of changes) text = text.replace(from, to);
    const value = part.slice(part.indexOf(':') + 2);
    const [line, column] = placeIn(text, part).split(':').map(Number);
    expect(codesAndPlaces(parseProfile('own.yaml', text).problems)).toEqual([
      `CONF-061 ${line}:${(column ?? 0) + part.length - value.length}`,
    ]);
  });

  it('a fire contact may wait 5 s, and a contact of another class longer', () => {
    const slow = goodProfile.replace('on_delay_ms: 0', 'on_delay_ms: 5000');
    const water = goodProfile.replace('smoke.alarm', 'water.low').replace('severity: fire', 'severity: supervisory');
    expect(parseProfile('own.yaml', slow).problems).toEqual([]);
    expect(parseProfile('own.yaml', water.replace('on_delay_ms: 0', 'on_delay_ms: 60000')).problems).toEqual([]);
  });

  it('a faulty profile refuses the sites that use it, and tells what is wrong with it; other sites are watched', async () => {
    const problems = await directoryOf({ 'n4d8b08.yaml': 'schema: 1', 'own.yaml': 'schema: 1' });
    const without = new Map([...profiles.profiles].filter(([id]) => id !== 'n4d8b08'));
    const used = load(siteText(), { profiles: without, problems });
    expect(used.ok ? [] : [...new Set(used.problems.map(({ at }) => path.basename(at?.file ?? '')))]).toEqual([
      'n4d8b08.yaml',
    ]);
    const unused = problems.filter(({ at }) => at?.file.endsWith('own.yaml') === true);
    expect(unused.length).toBeGreaterThan(0);
    expect(load(siteText(), { ...profiles, problems: unused }).ok).toBe(true);
  });

  it('a library that can not be read refuses every site', async () => {
    const { problems } = await loadProfileLibrary('/nowhere');
    expect(load(siteText(), { ...profiles, problems }).ok).toBe(false);
  });
});

/** What is written, and what the hint tells to write, in both languages. */
const hintCases: readonly (readonly [wrong: string, changes: readonly Change[], zh: string, en: string])[] = [
  ['a number in quotes', [['unit: 20', 'unit: "20"']], '去掉引号：20', 'take the quotes off: 20'],
  ['a text without', panels('own-panel, objects: [{address: 113, id: a}]'), '写在引号里："113"', 'quotes: "113"'],
  ['an option in quotes', probe('{range: "5", unit: MPa}'), '去掉引号：5', 'take the quotes off: 5'],
  ['an option with its unit', probe('{range: 5m, unit: m}'), '只写数字，不写单位：5', 'without its unit: 5'],
  ['a limit under another name', limits('told: {max: 1}'), '是不是 high？', 'did you mean high?'],
  ['a limit with its unit', limits('told: {high: 1MPa}'), '不写单位：1', 'without its unit: 1'],
  ['a limit of a point that is nearly there', limits('vale: {high: 1}'), '是不是 value？', 'did you mean value?'],
  ['a choice in capitals', probe('{range: 5, unit: KPA}'), '写 kPa', 'write kPa'],
  ['slave for unit', [['unit: 20', 'slave: 20']], '是不是 unit？', 'did you mean unit?'],
  ['address for unit', [['unit: 20', 'address: 20']], '是不是 unit？', 'did you mean unit?'],
  ['a profile in capitals', [['n4d8b08', 'N4D8B08']], '是不是 n4d8b08？', 'did you mean n4d8b08?'],
  ['the label of a box', [['n4d8b08', 'LX47LE-125']], '是不是 lx47le？', 'did you mean lx47le?'],
  ['an id in capitals', [['id: hongya', 'id: Hong_Ya']], '是不是 hong-ya？', 'did you mean hong-ya?'],
  ['parity as a letter', [['ttyS1}', 'ttyS1, parity: E}']], '写 even', 'write even'],
  ['a rate with its unit', [['ttyS1}', 'ttyS1, baud: 9600bps}']], '不写单位：9600', 'without its unit: 9600'],
  [
    'a rate with its format',
    [['ttyS1}', 'ttyS1, baud: 9600 8E1}']],
    'baud: 9600, data_bits: 8, parity: even',
    'stop_bits: 1',
  ],
  ['seconds for milliseconds', [['ttyS1}', 'ttyS1, timeout_ms: 2s}']], '不写单位：2000', 'without its unit: 2000'],
  ['a transport in capitals', [['path: /dev/ttyS2', 'transport: TCP, host: box']], '写 tcp', 'write tcp'],
  ['a port of Windows', [['/dev/ttyS1', 'COM3']], '/dev/ttyUSB0', '/dev/serial/by-id'],
  ['a port without its directory', [['/dev/ttyS1', 'ttyS1']], '写 /dev/ttyS1', 'write /dev/ttyS1'],
  ['a host with http', spareLine('transport: tcp, host: "http://box/"'), 'host: box', 'host: box'],
  ['a host with a port', spareLine('transport: tcp, host: "10.0.0.9:502"'), 'host: 10.0.0.9, port: 502', 'port: 502'],
  ['half an IP address', spareLine('transport: tcp, host: 10.0.9'), '四个 0 到 255 的数', 'four numbers'],
  ['a full-width colon', [['version: 1', 'version：1']], '第 1 行用了全角符号 ：，改成半角 :', 'in line 1'],
  ['a full-width colon in braces', [['unit: 20', 'unit：20']], '全角符号 ：', 'ASCII one: :'],
  ['a full-width comma', [['20}', '20，}']], '全角符号 ，', 'ASCII one: ,'],
  [
    'Chinese quotes',
    [
      ['id: pool', 'id: “pool”'],
      ['zone: pool', 'zone: hall'],
    ],
    '全角符号 “',
    'ASCII one: "',
  ],
  ['a tab', [['  - {id: io-1', '\t- {id: io-1']], '第 11 行用制表符缩进，改用空格', 'line 11 is indented with a tab'],
  ['a gateway without its rate', netUnit('n4d8b08', 'transport: tcp, host: box'), 'baud: 9600', 'baud: 9600'],
  ['a second panel', [['outputs:', `${panel}outputs:`], ...panels('own-panel')], '再加一条线路', 'a line of its own'],
  [
    'a breaker beside a panel',
    [['outputs:', `${panel}outputs:`], ...panels('lx47le, unit: 2')],
    'panel 和 own-1',
    'panel and own-1',
  ],
  [
    'slashes in an object',
    panels('own-panel, objects: [{address: 1/2, id: a}]'),
    '是不是 "1-2"？',
    'did you mean "1-2"?',
  ],
  [
    'a placeholder that is nearly there',
    [voice([horn], ['id: fire, text: "{{plcae}}着火"'])],
    '是不是 {{place}}？',
    'did you mean {{place}}?',
  ],
  [
    'a horn that is nearly there',
    step('{after_s: 9, say: [{message: fire, on: [horm]}]}'),
    '是不是 horn？',
    'mean horn?',
  ],
  ['a state that is nearly there', proof('point: call-1/contact, state: alrm'), '是不是 alarm？', 'mean alarm?'],
  ['a relay that times itself', timed('relay-1', 'timed_s: 30', 'keep_sounding'), '写 go_quiet', 'write go_quiet'],
  ['a message in capitals', step('{after_s: 9, say: [{message: Fire, on: [horn]}]}'), '是不是 fire？', 'mean fire?'],
  [
    'a text that is too long, whatever signs are in it',
    [voice([horn], [`id: fire, text: "${'火，'.repeat(105)}"`])],
    '共 210 个字符，至少删掉 10 个',
    'it has 210 characters: take out 10',
  ],
  ['a time without its zero', announce('8:30', '{from: "21:00", to: "07:00"}'), '写 "08:30"', 'write "08:30"'],
  ['a time as it is said', announce('8点半', '{from: "21:00", to: "07:00"}'), '写 "08:30"', 'write "08:30"'],
  ['an afternoon', announce('8:30 pm', '{from: "21:00", to: "07:00"}'), '写 "20:30"', 'write "20:30"'],
  ['an hour alone', announce('12:00', '{from: 21, to: "07:00"}'), '写 "21:00"', 'write "21:00"'],
  ['midnight as 24:00', announce('12:00', '{from: "21:00", to: "24:00"}'), '写 "00:00"', 'write "00:00"'],
  ['a Chinese weekday', exercise('siren_test: {day: 周一, at: "10:00"}'), '写 monday', 'write monday'],
  ['sunday', exercise('siren_test: {day: 星期天, at: "10:00"}'), '写 sunday', 'write sunday'],
  ['a short weekday', exercise('siren_test: {day: Thu, at: "10:00"}'), '写 thursday', 'write thursday'],
  [
    'a weekday without its list',
    exercise('programme: [{id: watch, message: fire, on: [horn], at: "18:00", days: 周六}]'),
    '写 [saturday]',
    'write [saturday]',
  ],
  ['a version of the future', [['version: 1', 'version: 2']], '更新的程序版本', 'newer release'],
  ['a rate that is none', [['ttyS1}', 'ttyS1, baud: 9660}']], '最接近的是 9600', 'the nearest is 9600'],
  ['a number that is too large', [['unit: 20', 'unit: 256']], '写 255 或更小的数', 'write 255 or less'],
  ['a list with nothing in it', [['[siren-hall, siren-main]', '[]']], '至少列出 1 项', 'list at least 1'],
  [
    'one output without its list',
    [['[siren-hall, siren-main]', 'siren-hall']],
    '写在方括号里：[siren-hall]',
    '[siren-hall]',
  ],
  [
    'one message without its list',
    [voice([horn]), ...planKeys('say: {message: fire, on: [horn]}')],
    '写在方括号里：[{message: fire, on: [horn]}]',
    'in square brackets: [{message: fire, on: [horn]}]',
  ],
  [
    'a message by its id alone',
    [voice([horn]), ...planKeys('say: fire')],
    '[{message: fire, on: [horn-hall]}]',
    '[{message: fire, on: [horn-hall]}]',
  ],
  [
    'a list of what is said once',
    [voice([horn]), ...planKeys('all_clear: [{message: fire, on: [horn]}]')],
    '不加方括号：{message: fire, on: [horn]}',
    'without square brackets: {message: fire, on: [horn]}',
  ],
  [
    'the beginning of an amplifier',
    [...ownOutput(`kind: amplifier, ${ownRelay}, on_control_lost: keep_sounding`), voice([`${horn}, amplifier: own`])],
    '是不是 own-out？',
    'mean own-out?',
  ],
  [
    'an amplifier in a plan',
    [
      ...ownOutput(`kind: amplifier, ${ownRelay}, on_control_lost: keep_sounding`),
      ['siren-main]}', 'siren-main, own-out]}'],
    ],
    '功放由喇叭开关：从 sound 中去掉，在喇叭上写 amplifier，预案里用 say',
    'write say in the plan',
  ],
  [
    'a lamp that acts by itself',
    [...ownLamp, ['siren-main]}', 'siren-main, own-out]}']],
    '或删掉 shows',
    'remove shows',
  ],
  [
    'a placeholder without quotes',
    [voice([horn], ['id: fire, text: {{place}}着火，快来'])],
    '要写在引号里',
    'in quotes',
  ],
  ['an object of another form', panels('own-panel, objects: [{address: x, id: a}]'), '例如 "1-2"', 'such as "1-2"'],
];

describe('a hint', () => {
  it.each(hintCases)('tells what to write: %s', (_wrong, changes, zh, en) => {
    const problems = problemsOf(siteText(...changes));
    expect(problems.map(({ hint }) => hint?.zh)).toEqual([expect.stringContaining(zh)]);
    expect(problems.map(({ hint }) => hint?.en)).toEqual([expect.stringContaining(en)]);
  });

  it.each<readonly [wrong: string, text: string, zh: string]>([
    ['a tab', 'a:\n\t- b: 1\n', '不能用制表符缩进'],
    ['a colon without a space', 'a:1\nb: 2\n', '键要写在一行里，后面是冒号和空格'],
    ['two keys on one line', 'a: b: 1\n', '一行里有两个“键: 值”'],
    ['brackets as a key', '[a]: 1\n', '键只能是文字，这里是括号'],
    ['an open bracket', 'a: [1, 2\nb: 1\n', '括号没有关上'],
    ['an open quote', 'a: "x\n', '引号没有关上'],
    ['a ragged group', 'a:\n  b: 1\n c: 2\n', '缩进不齐'],
    ['a key alone', 'a: 1\nb\n', '键后面缺冒号'],
    ['a word behind a quote', 'a: "x" y\n', '值后面还有别的内容'],
    ['a sign at the beginning', 'a: @x\n', '值不能以这个符号开头'],
    ['no comma in a list', 'a: [b, "c" "d"]\n', '缺逗号'],
    ['no comma in a group', 'a: {b: 1 c: 2}\n', '括号里缺逗号，或值里有冒号'],
    ['two documents', 'a: 1\n---\nb: 2\n', '文件里有不止一份内容'],
  ])('what is no YAML is told in Chinese too: %s', (_wrong, text, zh) => {
    expect(problemsOf(text)).toMatchObject([{ code: 'CONF-006', got: { zh } }]);
  });

  it('signs inside quotes are no fault of the line', () => {
    expect(problemsOf('a: "村口，东" b\n')[0]?.hint?.zh).not.toContain('全角');
  });

  it('a long text is shown between two quotes, in sixty characters', () => {
    const [problem] = problemsOf(siteText(['id: hongya', `id: ${'A"'.repeat(50)}`]));
    const got = problem?.got;
    expect(typeof got === 'object' ? got?.en : got).toMatch(/^string "A\\"[^\n]{40,}…"$/);
    expect(String(typeof got === 'object' ? got?.en : got).length).toBeLessThanOrEqual(60);
  });

  it('bytes that are no text are told in Chinese too', async () => {
    const [problem] = await fileProblems(new Uint8Array([0xd6, 0xd0]));
    expect(problem).toMatchObject({ expected: { zh: 'UTF-8 文本' }, got: { zh: '2 字节，不是 UTF-8' } });
  });

  it('tells where the roles stand when a profile names one that is none', () => {
    const text = goodProfile.replace('smoke.alarm', 'smoke.alrm');
    expect(parseProfile('own.yaml', text).problems).toMatchObject([
      { code: 'CONF-014', hint: { zh: expect.stringMatching(/没有这个角色；是不是 smoke.alarm？.*vocabulary.ts/) } },
    ]);
  });

  it('is given once for a file that is no YAML from some sign on', () => {
    const tabs = siteText().replaceAll('  - ', '\t- ');
    expect(codesAndPlaces(problemsOf(tabs))).toEqual(['CONF-006 4:1']);
  });
});
