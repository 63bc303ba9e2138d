/** What an uplink says of the shape of its messages. */
import type { Told } from '../problem.js';
import type { DraftEntry } from '../site-draft.js';
import { uplinkTemplateFaults } from '../uplink-template.js';
import type { MqttUplinkYaml } from '../uplinks/mqtt-uplink-schema.js';
import type { UplinkYaml } from '../uplinks/uplink-schema.js';
import type { Finding } from './finding.js';

export function* formatFindings({ index, value }: DraftEntry<UplinkYaml>): Generator<Finding> {
  if (value.kind !== 'mqtt') return;
  yield* formatHasIt(index, value);
  for (const kind of ['report', 'telemetry', 'status'] as const) {
    const template = value.templates?.[kind];
    if (template === undefined) continue;
    const where = `uplink ${value.id} templates.${kind}`;
    for (const { key, expected, got } of uplinkTemplateFaults(kind, template)) {
      yield { code: 'CONF-093', path: ['uplinks', index, 'templates', kind, key], where, expected, got };
    }
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
