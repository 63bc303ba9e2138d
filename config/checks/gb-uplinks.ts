/** What an uplink of GB/T 26875.3 says that does not fit together, or that the standard does not have. */
import type { Told } from '../problem.js';
import type { DraftEntry } from '../site-draft.js';
import { gbComponents, gbQuantities, gbSystems, isOwnCode } from '../uplinks/gb-codes.js';
import { gbPresetDialects } from '../uplinks/gb-presets.js';
import type { GbUplinkYaml } from '../uplinks/gb-uplink-schema.js';
import { type Check, type CheckedSite, type Finding, missing, type Use, usedTwice } from './finding.js';

type GbUplink = DraftEntry<GbUplinkYaml>;

export const checkGbUplinks: Check = function* (site) {
  for (const { index, value } of site.draft.uplinks) {
    if (value.kind !== 'gb26875') continue;
    const uplink = { index, value };
    yield* canLogIn(uplink);
    yield* rolesAreTold(uplink);
    yield* placesExist(site, uplink);
  }
};

function* canLogIn({ index, value }: GbUplink): Generator<Finding> {
  const handshake = value.handshake ?? gbPresetDialects[value.preset].handshake;
  const where = `uplink ${value.id}`;
  const finding = (key: string, expected: Told, got: string): Finding => ({
    ...{ code: 'CONF-043', path: ['uplinks', index, key], where },
    ...{ expected, got },
  });
  if (handshake === 'login') {
    const lacking = (['username', 'password_file'] as const).filter((key) => value[key] === undefined);
    if (lacking.length === 0) return;
    const key = value.handshake === undefined ? 'preset' : 'handshake';
    const names = lacking.join(', ');
    yield finding(key, { zh: `同时写 ${names}`, en: `${names} as well` }, 'login');
    return;
  }
  for (const key of ['username', 'password_file'] as const) {
    const only: Told = { zh: '只用于 handshake: login', en: 'only with handshake: login' };
    if (value[key] !== undefined) yield finding(key, only, key);
  }
}

function* rolesAreTold({ index, value }: GbUplink): Generator<Finding> {
  const where = `uplink ${value.id} roles`;
  const at = (row: number, key: string) => ['uplinks', index, 'roles', row, key] as const;
  const tables = { system: gbSystems, component: gbComponents, analog: gbQuantities } as const;
  for (const [row, said] of value.roles.entries()) {
    for (const key of ['system', 'component', 'analog'] as const) {
      const code = said[key];
      if (code === undefined || tables[key].has(code) || isOwnCode(code)) continue;
      const expected: Told = { zh: '标准里有的编号，或 128 到 255', en: 'a number of the standard, or 128 to 255' };
      yield { code: 'CONF-100', path: at(row, key), where, expected, got: `${key}: ${code}` };
    }
    if (said.analog === undefined || !isOwnCode(said.analog) || said.step !== undefined) continue;
    const expected: Told = { zh: '同时写 step', en: 'step as well' };
    yield { code: 'CONF-101', path: at(row, 'analog'), where, expected, got: `analog: ${said.analog}` };
  }
  yield* usedTwice(
    'CONF-102',
    value.roles.map(({ role }, row): Use => ({ thing: role, path: at(row, 'role'), user: where })),
  );
}

/** Devices and outputs by their id; of a point its device. Which points a device has is known once its profile is applied. */
function* placesExist({ draft }: CheckedSite, { index, value }: GbUplink): Generator<Finding> {
  const where = `uplink ${value.id} points`;
  const known = new Set([...draft.named.devices, ...draft.named.outputs]);
  const at = (row: number) => ['uplinks', index, 'points', row, 'point'] as const;
  for (const [row, { point }] of value.points.entries()) {
    const [device = ''] = point.split('/');
    if (!known.has(point) && !(point.includes('/') && draft.named.devices.has(device))) {
      yield missing('CONF-103', at(row), where, point, known);
    }
  }
  yield* usedTwice(
    'CONF-102',
    value.points.map(({ point }, row): Use => ({ thing: point, path: at(row), user: where })),
  );
}
