/** Kinds of entries, grouped as somebody looks for them: pure. The compiler holds the table complete. */
import type { HistoryEntry } from '../../../../api/history.js';

export type EntryKind = HistoryEntry['kind'];

export const groups = ['alarms', 'outputs', 'duty', 'exercises', 'orders', 'users', 'config', 'gateway'] as const;
export type Group = (typeof groups)[number];

const groupOf: Readonly<Record<EntryKind, Group>> = {
  'gateway.started': 'gateway',
  'gateway.stopped': 'gateway',
  'gateway.rolled_back': 'gateway',
  'gateway.restarted': 'gateway',
  'journal.begun': 'gateway',
  'journal.lost': 'gateway',
  'journal.dropped': 'gateway',
  'journal.salvaged': 'gateway',
  'alarm.raised': 'alarms',
  'alarm.confirmed': 'alarms',
  'alarm.returned': 'alarms',
  'alarm.acknowledged': 'alarms',
  'alarm.silenced': 'alarms',
  'alarm.resounded': 'alarms',
  'alarm.reset': 'alarms',
  'alarm.withdrawn': 'alarms',
  'alarm.counted': 'alarms',
  'service.changed': 'orders',
  'output.found_on': 'outputs',
  'output.commanded': 'outputs',
  'output.proven': 'outputs',
  'voice.begun': 'outputs',
  'voice.ended': 'outputs',
  'drill.begun': 'exercises',
  'drill.ended': 'exercises',
  'drill.noted': 'exercises',
  'walk_test.begun': 'exercises',
  'walk_test.seen': 'exercises',
  'walk_test.ended': 'exercises',
  'siren_test.begun': 'exercises',
  'siren_test.ended': 'exercises',
  'test.noted': 'exercises',
  'unit.reset': 'orders',
  'unit.written': 'orders',
  'command.accepted': 'orders',
  'command.done': 'orders',
  'command.failed': 'orders',
  'command.refused': 'orders',
  'duty.asked': 'duty',
  'duty.answered': 'duty',
  'duty.missed': 'duty',
  'shift.taken': 'duty',
  'incident.noted': 'duty',
  'incident.arrived': 'duty',
  'incident.verdict': 'duty',
  'call.reported': 'duty',
  'call.closed': 'duty',
  'commissioning.begun': 'exercises',
  'commissioning.noted': 'exercises',
  'commissioning.probed': 'exercises',
  'commissioning.signed': 'exercises',
  'config.staged': 'config',
  'config.applied': 'config',
  'config.confirmed': 'config',
  'config.rolled_back': 'config',
  'user.signed_in': 'users',
  'user.signed_out': 'users',
  'user.refused': 'users',
  'user.throttled': 'users',
  'user.set': 'users',
  'user.removed': 'users',
  'user.file_damaged': 'users',
  'user.token_made': 'users',
  'user.token_removed': 'users',
  'user.map_changed': 'users',
  'clock.stepped': 'gateway',
  'clock.corrected': 'gateway',
  'device.unknown_code': 'gateway',
  'sms.sent': 'duty',
  'sms.delivered': 'duty',
  'sms.failed': 'duty',
  'sms.answered': 'duty',
  'site.daily': 'gateway',
};

const kinds = Object.keys(groupOf) as readonly EntryKind[];

export function kindsOf(group: Group): readonly EntryKind[] {
  return kinds.filter((kind) => groupOf[kind] === group);
}

/** `alarms` or `alarm.raised`; of anything else: any kind. */
export function kindsChosen(choice: string): readonly EntryKind[] {
  const group = groups.find((each) => each === choice);
  return group === undefined ? kinds.filter((each) => each === choice) : kindsOf(group);
}
