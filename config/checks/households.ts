import { type Check, type Finding, missing } from './finding.js';
import { emptyWindow } from './windows.js';

/** Whoever is near a household exists, and each household once. What is written here is personal: no value of it is told. */
export const checkHouseholds: Check = function* ({ draft }) {
  const seen = new Map<string, number>();
  for (const { index, value } of draft.households) {
    const where = `households[${index}]`;
    const first = seen.get(value.id);
    if (first !== undefined) {
      yield { code: 'CONF-098', path: ['households', index, 'id'], where, expected: null, got: `households[${first}]` };
    }
    seen.set(value.id, first ?? index);
    if (value.zone !== undefined && !draft.named.zones.has(value.zone)) {
      yield unnamed('CONF-023', ['households', index, 'zone'], where, value.zone, draft.named.zones);
    }
    for (const [at, id] of value.near.entries()) {
      if (draft.named.devices.has(id)) continue;
      yield unnamed('CONF-025', ['households', index, 'near', at], where, id, draft.named.devices);
    }
  }
};

function unnamed(...[code, path, where, written, known]: Parameters<typeof missing>): Finding {
  return { ...missing(code, path, where, written, known), got: null };
}

/** A night that begins when it ends is none. */
export const checkPanel: Check = function* ({ draft }) {
  const night = draft.panel?.night;
  if (night !== undefined) yield* emptyWindow(night, ['panel', 'night'], 'panel.night');
};
