import path from 'node:path';
import { type Check, type CheckedSite, type Finding, type Use, usedTwice } from './finding.js';

/** One serial device belongs to one line, and every unit must be able to live with its line's settings. */
export const checkLines: Check = function* (site) {
  yield* usedTwice('CONF-032', pathUses(site));
  for (const { index, value } of site.draft.lines) {
    if (value.data_bits !== 8) {
      const at = ['lines', index, 'data_bits'];
      yield { code: 'CONF-031', path: at, where: `line ${value.id}`, expected: '8 for Modbus RTU', got: '7' };
    }
  }
  for (const { value } of site.draft.devices) yield* lineSuits(site, value.id, value.profile, value.line);
};

function* pathUses({ draft }: CheckedSite): Generator<Use> {
  for (const { index, value } of draft.lines) {
    yield { thing: path.posix.normalize(value.path), path: ['lines', index, 'path'], user: `line ${value.id}` };
  }
}

function* lineSuits(site: CheckedSite, device: string, profileId: string, lineId?: string): Generator<Finding> {
  const line = site.draft.lines.find(({ value }) => value.id === lineId);
  const profile = site.profiles.get(profileId);
  if (line === undefined || profile === undefined || !('serial' in profile)) return;
  const { index, value } = line;
  const { serial, timing } = profile;
  const finding = (key: string, expected: string, got: string): Finding => ({
    code: 'CONF-031',
    path: ['lines', index, key],
    where: `line ${value.id}`,
    expected: `${expected} for device ${device}`,
    got,
  });
  if (serial.bauds !== undefined && !serial.bauds.includes(value.baud)) {
    yield finding('baud', serial.bauds.join(', '), String(value.baud));
  }
  if (serial.parities !== undefined && !serial.parities.includes(value.parity)) {
    yield finding('parity', serial.parities.join(', '), value.parity);
  }
  // A reply that comes after time-out and quarantine would be taken for the answer to the next request.
  const patienceMs = value.timeout_ms + value.quarantine_ms;
  if (patienceMs < timing.response_timeout_ms) {
    const expected = `timeout_ms + quarantine_ms of at least ${timing.response_timeout_ms}`;
    yield finding('timeout_ms', expected, String(patienceMs));
  }
}
