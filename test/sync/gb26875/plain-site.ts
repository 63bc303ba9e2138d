/** A centre's settings, and a site of few words: for tests and for processes beside them. */
import { brandId, type UplinkId } from '../../../config/ids.js';
import type { GbUplinkConfig } from '../../../config/site-telling.js';
import { gbPresetDialects } from '../../../config/uplinks/gb-presets.js';
import type { GbPreset } from '../../../config/uplinks/gb-uplink-schema.js';
import type { GbTellings } from '../../../sync/gb26875/gb-tellings.js';
import type { GbSite } from '../../../sync/gb26875/reads.js';
import { gbTimeOf } from '../../../sync/gb26875/time-tag.js';
import type { Entry } from '../../../sync/journal/entry.js';

export const cityId = brandId<UplinkId>('city');

export function gbConfig(preset: GbPreset = 'standard', over: Partial<GbUplinkConfig> = {}): GbUplinkConfig {
  return {
    ...{ id: cityId, kind: 'gb26875', host: 'centre', port: 5000, telemetry: 'own', pacePerS: 10_000 },
    tell: { classes: null, zones: null, kinds: null, withPrivate: false },
    ...{ dataBudgetBytes: null, receipts: 'none', receiptWithinMs: 0, takesCommands: false },
    dialect: { ...gbPresetDialects[preset], readUnknown: 'deny' },
    ...{ address: [0xb9, 0x0b, 0, 0, 0, 0], centreAddress: [0, 0, 0, 0, 0, 0], username: null, passwordFile: null },
    ...{ timeoutMs: 10_000, resends: 3, outstandingMax: 1 },
    ...{ takesDutyChecks: true, maySetClock: false, mayInitialise: false, roles: new Map(), places: new Map() },
    ...over,
  };
}

/** Each entry is the state of a smoke alarm whose number is its position; operations are type 4. */
export const plainTellings: GbTellings = {
  entry: (entry: Entry) => {
    const time = gbTimeOf(entry.wall, 480);
    const number = 'position' in entry ? Number(entry.position) : 0;
    const address = [number & 0xff, (number >> 8) & 0xff, number >> 16, 0];
    const where = { system: 1, systemAddress: 1 };
    if (entry.kind === 'gateway.started') return [];
    if (entry.kind === 'alarm.acknowledged')
      return [() => [{ type: 4, objects: [{ ...where, operation: 32, operator: 1, time }] }]];
    const state = entry.class === 'fire' ? 3 : 5;
    // What no encoder takes.
    const component = entry.subject === 'point:bad/bad' ? 999 : 40;
    return [() => [{ type: 2, objects: [{ ...where, component, address, text: '祠堂', state, time }] }]];
  },
  pack: ({ samples, wall }) =>
    Array.from({ length: samples }, (_, n) => () => [
      {
        type: 3,
        objects: [
          {
            ...{ system: 12, systemAddress: 1, component: 99, address: [n & 0xff, n >> 8, 0, 0], analog: 5, value: n },
            time: gbTimeOf(wall, 480),
          },
        ],
      },
    ]),
};

export const plainSite: GbSite = {
  isKnown: () => true,
  components: () =>
    Array.from({ length: 30 }, (_, n) => ({
      ...{ system: 1, systemAddress: 1, component: 40, address: [n, 0, 1, 0], text: '祠堂', state: 1, time: null },
      analogs: [{ analog: 3, value: 215, time: null }],
    })),
  systems: () => [{ system: 1, systemAddress: 1, state: 1, text: '火灾报警' }],
  device: () => ({ state: 1, major: 0, minor: 1, text: '更夫' }),
  operations: () => [{ operation: 32, operator: 1, of: null, time: null, wall: 0 }],
};
