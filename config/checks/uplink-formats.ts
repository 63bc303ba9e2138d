/** What an uplink says of the shape of its messages. */
import type { Told } from '../problem.js';
import type { DraftEntry } from '../site-draft.js';
import { httpTemplateFaults, type TemplateFault, type TemplateKind, uplinkTemplateFaults } from '../uplink-template.js';
import type { HttpUplinkYaml } from '../uplinks/http-uplink-schema.js';
import type { MqttUplinkYaml } from '../uplinks/mqtt-uplink-schema.js';
import type { UplinkYaml } from '../uplinks/uplink-schema.js';
import type { Finding } from './finding.js';

const kinds = ['report', 'telemetry', 'status'] as const;

export function* formatFindings({ index, value }: DraftEntry<UplinkYaml>): Generator<Finding> {
  switch (value.kind) {
    case 'mqtt':
      yield* formatHasIt(index, value);
      for (const kind of kinds) {
        const template = value.templates?.[kind];
        if (template !== undefined) yield* told(index, value.id, kind, uplinkTemplateFaults(kind, template));
      }
      return;
    case 'http':
      yield* presetHasIt(index, value);
      for (const kind of kinds) {
        const template = value.templates?.[kind];
        if (template !== undefined) yield* told(index, value.id, kind, httpTemplateFaults(kind, template));
      }
      return;
    default:
  }
}

function* told(index: number, id: string, kind: TemplateKind, faults: Iterable<TemplateFault>): Generator<Finding> {
  const where = `uplink ${id} templates.${kind}`;
  for (const { key, expected, got } of faults) {
    yield { code: 'CONF-093', path: ['uplinks', index, 'templates', kind, key], where, expected, got };
  }
}

/** The languages of platforms have words for what they are about. */
function* presetHasIt(index: number, value: HttpUplinkYaml): Generator<Finding> {
  const finding = (key: string, expected: Told, got: string): Finding => ({
    ...{ code: 'CONF-094', path: ['uplinks', index, key], where: `uplink ${value.id}` },
    ...{ expected, got },
  });
  if (value.telemetry && value.preset !== 'gengfu' && value.templates?.telemetry === undefined) {
    const expected: Told = {
      zh: 'preset: gengfu，或自己写 templates.telemetry',
      en: 'preset: gengfu, or templates.telemetry',
    };
    yield finding('telemetry', expected, 'telemetry: true');
  }
  if (value.install !== undefined && value.preset !== 'gbt45839') {
    yield finding('install', { zh: '只用于 preset: gbt45839', en: 'only with preset: gbt45839' }, value.preset);
  }
  if (value.token_file !== undefined && value.username !== undefined) {
    const expected: Told = { zh: 'token_file 或 username，二选一', en: 'token_file or username, one of both' };
    yield finding('token_file', expected, 'token_file, username');
  }
}

/** Orders and receipts are our own; a platform's names stand where it wants them. */
function* formatHasIt(index: number, value: MqttUplinkYaml): Generator<Finding> {
  if (value.format === 'gengfu') return;
  const where = `uplink ${value.id}`;
  const finding = (key: string, expected: Told, got: string): Finding => ({
    ...{ code: 'CONF-094', path: ['uplinks', index, key], where },
    ...{ expected, got },
  });
  const ours: Told = { zh: '只用于 format: gengfu', en: 'only with format: gengfu' };
  if (value.commands) yield finding('commands', ours, 'commands: true');
  if (value.receipts !== 'none') yield finding('receipts', ours, `receipts: ${value.receipts}`);
  if (value.telemetry === 'cbor') yield finding('telemetry', ours, `telemetry: ${value.telemetry}`);
  if (value.format !== 'onenet') return;
  for (const key of ['client_id', 'username'] as const) {
    const expected: Told = { zh: `同时写 ${key}`, en: `${key} as well` };
    if (value[key] === undefined) yield finding('format', expected, value.format);
    // They become levels of a topic.
    else if (!/^[A-Za-z0-9_-]+$/.test(value[key])) {
      yield finding(key, { zh: '字母、数字、_ 和 -', en: 'letters, digits, _ and -' }, value[key]);
    }
  }
}
