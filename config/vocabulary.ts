/**
 * The words that all floors share. One meaning each (design.md §10); the field's terms in Chinese stand beside them.
 * A class is decided here and nowhere else: by the fixed table role → class.
 */

/** A text for people, in both languages. Chinese is shown first. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Alarm classes, highest first. They never mix, from profile to siren, panel and uplink. */
export const alarmClasses = ['fire', 'warning', 'supervisory', 'fault', 'technical'] as const;
export type AlarmClass = (typeof alarmClasses)[number];

export const classWords: Readonly<Record<AlarmClass, Words>> = {
  fire: { zh: '火警', en: 'FIRE' },
  warning: { zh: '预警', en: 'WARNING' },
  supervisory: { zh: '监管', en: 'SUPERVISORY' },
  fault: { zh: '故障', en: 'FAULT' },
  technical: { zh: '提示', en: 'TECHNICAL' },
};

/** What a point is, whatever device it sits on. `null` = never an alarm by itself. Rules bind to roles, not to registers. */
export const classOfRole = {
  'smoke.alarm': 'fire',
  'heat.alarm': 'fire',
  'flame.alarm': 'fire',
  'call_point.alarm': 'fire',
  'panel.fire': 'fire',
  'panel.warning': 'warning',
  'panel.supervisory': 'supervisory',
  'panel.fault': 'fault',
  'sprinkler.flow': 'fire',
  'gas.alarm': 'warning',
  'gas.level': 'warning',
  residual_current: 'warning',
  cable_temp: 'warning',
  'arc.alarm': 'warning',
  'breaker.tripped': 'warning',
  'power.overload': 'warning',
  'water.low': 'supervisory',
  'water.high': 'supervisory',
  'water.pressure': 'supervisory',
  'water.level': 'supervisory',
  'valve.closed': 'supervisory',
  'pump.running': 'supervisory',
  'door.open': 'supervisory',
  'pump.fault': 'fault',
  'mains.lost': 'fault',
  'battery.low': 'fault',
  'battery.voltage': 'fault',
  fault: 'fault',
  tamper: 'fault',
  dirty: 'technical',
  'counter.wear': 'technical',
  contact: null,
  signal: null,
  measurement: null,
  setting: null,
  'breaker.state': null,
  'bus.quality': null,
  'line.load': null,
  'line.scan_age': null,
  'box.temperature': 'technical',
  'box.disk_free': 'fault',
  'box.supply': 'fault',
  'box.loop_delay': 'fault',
  'box.commit': 'fault',
  'box.clock': 'technical',
  'uplink.backlog': null,
  'uplink.backlog_age': null,
  'uplink.unkept': null,
  'modem.signal': null,
  'modem.sim': null,
  'modem.network': null,
  'relay.state': null,
  'siren.state': null,
  'key.acknowledge': null,
  'key.silence': null,
  'key.reset': null,
  'key.drill': null,
  'key.test': null,
  'key.microphone': null,
  'key.duty': null,
} as const satisfies Record<string, AlarmClass | null>;
export type PointRole = keyof typeof classOfRole;

/**
 * Classes held until a person resets them; the others follow their source.
 * GB 4717-2024 5.4.1.1, 5.4.2.9, 5.4.5.2 (fire, start, supervisory latch) and 5.4.3.2 (a fault follows its source) [V*];
 * GB 31252-2014 4.3.1 and GB 14287.5-2025 (electrical fire alarms latch) [V*].
 */
export const latchesUntilReset: Readonly<Record<AlarmClass, boolean>> = {
  fire: true,
  warning: true,
  supervisory: true,
  fault: false,
  technical: false,
};

/** How a state of a point counts: `normal`, `info` (shown only), or an alarm of a class. */
export type Severity = 'normal' | 'info' | AlarmClass;

/** Kinds of journal entries. The lane follows from kind and class (sync/journal/entry.ts). */
export const entryKinds = [
  'gateway.started',
  'gateway.stopped',
  'gateway.rolled_back',
  'gateway.restarted',
  'journal.begun',
  'journal.lost',
  'journal.dropped',
  'journal.salvaged',
  'alarm.raised',
  'alarm.confirmed',
  'alarm.returned',
  'alarm.acknowledged',
  'alarm.silenced',
  'alarm.resounded',
  'alarm.reset',
  'alarm.withdrawn',
  'alarm.counted',
  'service.changed',
  'output.found_on',
  'output.commanded',
  'output.proven',
  'voice.begun',
  'voice.ended',
  'drill.begun',
  'drill.ended',
  'drill.noted',
  'walk_test.begun',
  'walk_test.seen',
  'walk_test.ended',
  'siren_test.begun',
  'siren_test.ended',
  'test.noted',
  'unit.reset',
  'unit.written',
  'command.accepted',
  'command.done',
  'command.failed',
  'command.refused',
  'duty.asked',
  'duty.answered',
  'duty.missed',
  'shift.taken',
  'incident.noted',
  'incident.arrived',
  'incident.verdict',
  'call.reported',
  'call.closed',
  'commissioning.begun',
  'commissioning.noted',
  'commissioning.probed',
  'commissioning.signed',
  'config.staged',
  'config.applied',
  'config.confirmed',
  'config.rolled_back',
  'user.signed_in',
  'user.signed_out',
  'user.refused',
  'user.throttled',
  'user.set',
  'user.removed',
  'user.file_damaged',
  'user.token_made',
  'user.token_removed',
  'user.map_changed',
  'clock.stepped',
  'clock.corrected',
  'device.unknown_code',
  'site.daily',
  'sms.sent',
  'sms.delivered',
  'sms.failed',
  'sms.answered',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Lanes of the journal and of every uplink. `fire` carries fire and what belongs to it, and always goes first; `local` stays on
 * the box. */
export const lanes = ['fire', 'journal', 'telemetry', 'local'] as const;
export type Lane = (typeof lanes)[number];

/** May the wall clock be believed? Trusted = the OS's NTP or a good RTC; centre, SMS or browser time only hint. */
export type ClockTrust = 'trusted' | 'hinted' | 'untrusted';

/** What an output does when the gateway loses control of it. */
export type OnControlLost = 'keep-sounding' | 'go-quiet';

/** What the hardware behind an output does when the process ends: it stays as it is, goes off at once, or goes off by itself when
 * its own timer is over; `as-promised`: it stays as it is, and whoever started the gateway quiets what must go quiet (ExecStopPost of
 * the unit). `check` refuses a combination that can not hold. */
export type AfterProcessEnd = 'holds' | 'drops' | 'ends' | 'as-promised';

/** Modbus tables: coil (FC 01/05/15), discrete (02), input (04), holding (03/06/16). */
export type Table = 'coil' | 'discrete' | 'input' | 'holding';
