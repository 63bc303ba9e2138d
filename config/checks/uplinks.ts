import type { Told } from '../problem.js';
import type { Check } from './finding.js';

/** The program can speak this kind, and what is needed to sign in is complete. */
export const checkUplinks: Check = function* (site) {
  for (const { index, value } of site.draft.uplinks) {
    const where = `uplink ${value.id}`;
    if (!site.knownUplinks.includes(value.kind)) {
      const expected = site.knownUplinks.join(', ');
      yield { code: 'CONF-042', path: ['uplinks', index, 'kind'], where, expected, got: value.kind };
    }
    const finding = (key: string, expected: Told) =>
      ({ code: 'CONF-043', path: ['uplinks', index, key], where, expected, got: key }) as const;
    if (value.password_file !== undefined && value.username === undefined) {
      yield finding('password_file', { zh: '同时写 username', en: 'username as well' });
    }
    if (value.cert_file !== undefined && value.key_file === undefined)
      yield finding('cert_file', { zh: '同时写 key_file', en: 'key_file as well' });
    if (value.key_file !== undefined && value.cert_file === undefined)
      yield finding('key_file', { zh: '同时写 cert_file', en: 'cert_file as well' });
    if (value.url.startsWith('mqtts:')) continue;
    for (const key of ['ca_file', 'cert_file', 'key_file'] as const) {
      if (value[key] !== undefined) yield finding(key, { zh: 'mqtts:// 的地址', en: 'a url with mqtts://' });
    }
  }
};
