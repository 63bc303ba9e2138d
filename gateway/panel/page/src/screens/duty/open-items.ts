/** What stands open when a shift is handed over: pure. */
import type { PanelState } from '../../../../api/state.js';

type Words = PanelState['alarms'][string]['name'];

export interface OpenItem {
  readonly id: string;
  readonly kind: 'alarm' | 'lost' | 'service' | 'verdict' | 'call' | 'request' | 'uplink';
  readonly class: PanelState['alarms'][string]['class'] | null;
  readonly name: Words;
  readonly place: Words | null;
  readonly sinceWall: number | null;
  /** Id of the incident that tells more. */
  readonly incident: string | null;
}

const order = ['fire', 'warning', 'supervisory', 'fault', 'technical'] as const;

/** By weight: alarms by class and age, then what waits for somebody, then what is out of service. */
export function openItems(state: PanelState): readonly OpenItem[] {
  const alarms = Object.values(state.alarms)
    .map((row): OpenItem => {
      const { alarm, class: own, name, place, raisedWall, isLost } = row;
      return {
        id: row.subject,
        kind: isLost ? 'lost' : 'alarm',
        class: own,
        name,
        place,
        sinceWall: raisedWall,
        incident: alarm,
      };
    })
    .sort((one, other) => rank(one) - rank(other) || (one.sinceWall ?? 0) - (other.sinceWall ?? 0));
  const standing = new Set(Object.values(state.alarms).map(({ alarm }) => alarm));
  const incidents = Object.values(state.incidents).flatMap((each): OpenItem[] => {
    const { id, kind, name, beganWall, verdict, isClosed, place } = each;
    const isOpen = kind === 'call' ? !isClosed : verdict === null && !standing.has(id);
    if (!isOpen) return [];
    const where = place === null ? null : { zh: place, en: place };
    const is = kind === 'call' ? 'call' : 'verdict';
    return [{ id, kind: is, class: null, name, place: where, sinceWall: beganWall, incident: id }];
  });
  const requests = Object.values(state.requests).map(({ id, is, by, sinceWall }): OpenItem => {
    const name =
      is === 'duty-check'
        ? { zh: `查岗：${by}`, en: `duty check: ${by}` }
        : { zh: `请求复位：${by}`, en: `reset asked: ${by}` };
    return { id, kind: 'request', class: null, name, place: null, sinceWall, incident: null };
  });
  const services = Object.values(state.services).map(({ subject, name }): OpenItem => {
    return { id: subject, kind: 'service', class: null, name, place: null, sinceWall: null, incident: null };
  });
  return [...alarms, ...requests, ...incidents, ...services];
}

function rank({ class: own }: OpenItem): number {
  return own === null ? order.length : order.indexOf(own);
}
