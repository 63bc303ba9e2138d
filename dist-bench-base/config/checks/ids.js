import { usedTwice } from './finding.js';
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
];
/** An id is used once in its list: positions, alarms and receipts hang on it. */
export const checkIds = function* (site) {
    for (const key of lists)
        yield* usedTwice('CONF-020', idUses(site, key));
};
function* idUses({ draft }, key) {
    for (const { index, value } of draft[key === 'command_keys' ? 'commandKeys' : key]) {
        yield { thing: `id ${value.id}`, path: [key, index, 'id'], user: `${key}[${index}]` };
    }
}
