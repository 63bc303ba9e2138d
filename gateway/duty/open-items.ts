/** What is handed over with the shift: everything that stands, is out of the watch, or waits for a word. Pure. */
import type { AlarmClass, Words } from '../../config/vocabulary.js';
import type { AlarmState, Facets, Service } from '../alarm/facets.js';
import type { KeptIncident } from './incident-list.js';

export interface OpenItem extends Words {
  /** An alarm by its class, what is out of the watch, a call, or an incident that nobody has said the cause of. */
  readonly is: AlarmClass | Service['is'] | 'call' | 'no-verdict';
  readonly subject: string;
}

const order: readonly OpenItem['is'][] = [
  ...(['fire', 'call', 'warning', 'supervisory', 'fault'] as const),
  ...(['out-of-service', 'under-test', 'shelved', 'no-verdict', 'technical'] as const),
];

/** The gravest first. */
export function openItems({ subjects }: AlarmState, incidents: readonly KeptIncident[]): readonly OpenItem[] {
  const items: OpenItem[] = [];
  for (const facets of subjects.values()) items.push(...itemsOf(facets));
  for (const { shown, subject } of incidents) {
    const { zh, en } = shown.name;
    if (shown.kind === 'call' && !shown.isClosed) {
      const place = shown.place ?? '';
      items.push({ is: 'call', subject: shown.id, zh: `${place}：${zh}`, en: `${place}: ${en}` });
    } else if (shown.isClosed && shown.verdict === null) items.push({ is: 'no-verdict', subject, zh, en });
  }
  return items.sort((a, b) => order.indexOf(a.is) - order.indexOf(b.is));
}

function itemsOf({ alarm, service, class: alarmClass, subject, name }: Facets): readonly OpenItem[] {
  return [
    ...(alarm === null ? [] : [{ is: alarmClass, subject, ...name }]),
    ...(service === null ? [] : [{ is: service.is, subject, ...name }]),
  ];
}
