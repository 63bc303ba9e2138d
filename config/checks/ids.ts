import { type Check, type CheckedSite, type Use, usedTwice } from './finding.js';

const lists = [
  'lines',
  'zones',
  'devices',
  'outputs',
  'plans',
  'speakers',
  'messages',
  'programme',
  'uplinks',
  'command_keys',
] as const;

/** An id is used once in its list: positions, alarms and receipts hang on it. */
export const checkIds: Check = function* (site) {
  for (const key of lists) yield* usedTwice('CONF-020', idUses(site, key));
};

function* idUses({ draft }: CheckedSite, key: (typeof lists)[number]): Generator<Use> {
  for (const { index, value } of draft[key === 'command_keys' ? 'commandKeys' : key]) {
    yield { thing: `id ${value.id}`, path: [key, index, 'id'], user: `${key}[${index}]` };
  }
}
