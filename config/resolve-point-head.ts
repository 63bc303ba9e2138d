/** What every point has, whatever it is read from. */
import { brandId } from './ids.js';
import { nameOf, placeOf } from './resolve-words.js';
import type { PointConfig } from './site.js';
import type { DeviceYaml } from './site-schema.js';
import { classOfRole, type PointRole, type Severity, type Words } from './vocabulary.js';

type Head = Pick<PointConfig, 'id' | 'role' | 'class' | 'zone' | 'place'>;

/** Id, role, class and where it is. */
export function pointHead(device: Pick<DeviceYaml, 'id' | 'zone' | 'place'>, key: string, role: PointRole): Head {
  return {
    id: brandId(`${device.id}/${key}`),
    role,
    class: classOfRole[role],
    zone: device.zone === undefined ? null : brandId(device.zone),
    place: placeOf(device.place),
  };
}

/** Name of the device, with the point's own behind it when it has more than one. */
export function pointName(device: DeviceYaml, kind: Words, own: Words | null): Words {
  const name = nameOf(device.id, device.name, kind);
  return own === null ? name : { zh: `${name.zh} ${own.zh}`, en: `${name.en} ${own.en}` };
}

interface StateYaml {
  readonly key: string;
  readonly names: Words;
  readonly severity: Severity;
}

/** Of each state how it counts, and what it is called; nothing of a number. */
export function statesOf(states: readonly StateYaml[] = []): Pick<PointConfig, 'severities' | 'stateNames'> {
  const severities = Object.fromEntries(states.map(({ key, severity }) => [key, severity]));
  if (states.length === 0) return { severities };
  return { severities, stateNames: Object.fromEntries(states.map(({ key, names }) => [key, names])) };
}
