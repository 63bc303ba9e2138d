/**
 * The live state of the panel: a few topics, each a table of values by key. The server sends one `state` and then `patches`, each
 * numbered; whoever comes back names the last number and misses nothing.
 */
import { z } from 'zod';
import { alarmClass, id, wall, words } from './words.js';

/** `starting`: not everything was scanned yet; what is not known is not normal. */
export const bigStates = [
  'fire',
  'warning',
  'supervisory',
  'fault',
  'technical',
  'drill',
  'test',
  'normal',
  'starting',
] as const;

export const head = z.strictObject({
  /** With `order`: what an acknowledgement, silence or reset names as the newest alarm seen. */
  boot: z.string(),
  order: z.int(),
  state: z.enum(bigStates),
  /** Something sounds, or would between two bursts: nobody has silenced it. */
  isSounding: z.boolean(),
  /** How many alarms stand, by class. */
  counts: z.record(alarmClass, z.int()),
  wall,
  clock: z.enum(['trusted', 'hinted', 'untrusted']),
  version: z.string(),
  upMs: z.number(),
  /** The journal's disk takes entries. */
  isRecording: z.boolean(),
});

/** Where a report stands with one centre, or why it is not told there. */
export const told = z.strictObject({
  uplink: id,
  /** `filtered`: by the site file; `refused`: by the centre, or too large; `not-needed`: another one has confirmed it; `nobody`: nobody
   * there is to hear of it; `no-word`: its language has no word for it. */
  how: z.enum(['queued', 'carried', 'kept', 'filtered', 'refused', 'not-needed', 'nobody', 'no-word']),
  /** When it came so far; null while it is queued. */
  wall: wall.nullable(),
  /** When the centre's side has confirmed it; null: it has not. */
  carriedWall: wall.nullable(),
  /** From the alarm to that; null also where the alarm is of an earlier start. */
  afterMs: z.number().nullable(),
});

/** Which way an alarm that is over went, or a call. */
export const way = z.strictObject({ id, told: z.array(told) });

export const alarmRow = z
  .strictObject({
    subject: id,
    class: alarmClass,
    /** Id of the entry that first raised it. */
    alarm: id,
    /** Place in the order of raisings of this boot; 0: it stood before. */
    order: z.int(),
    raisedWall: wall,
    name: words,
    zone: id.nullable(),
    place: words.nullable(),
    /** Unit or stream; null: a pin, the box, the gateway itself. */
    device: id.nullable(),
    point: id.nullable(),
    isActive: z.boolean(),
    /** Its detector can not be seen now. */
    isLost: z.boolean(),
    confirmed: z.enum(['second-detector', 'call-point', 'second-lost']).nullable(),
    sounder: z.enum(['quiet', 'sounding', 'silenced']),
    acknowledged: z.strictObject({ by: z.string(), wall }).nullable(),
    /** Class, where and what in one sentence; null: it stood before this start. */
    words: words.nullable(),
    cause: words.nullable(),
    next: words.nullable(),
    told: z.array(told),
  })
  .meta({ id: 'AlarmRow' });

export const pointValue = z
  .strictObject({
    id,
    /** Null: it can not be read, and `reason` says why; or nothing was read yet. */
    value: z.union([z.number(), z.string()]).nullable(),
    quality: z.enum(['good', 'bad', 'unread']),
    reason: z.string().nullable(),
    /** When it was sampled. */
    wall: wall.nullable(),
  })
  .meta({ id: 'PointValue' });

export const outputState = z.strictObject({
  id,
  /** Null: nobody wants anything. */
  desired: z.boolean().nullable(),
  proven: z.boolean().nullable(),
  /** Subjects that want it on. */
  because: z.array(id),
});

export const uplinkState = z.strictObject({
  id,
  isUp: z.boolean(),
  error: words.nullable(),
  queued: z.strictObject({ fire: z.int(), journal: z.int(), telemetry: z.int() }),
  oldestWall: wall.nullable(),
  unkept: z.int(),
  /** It looks up, and yet nothing is heard or confirmed. */
  isDead: z.boolean(),
  /** When something came from there last, and by when something must; the same of what was confirmed there. Null: not since the start,
   * or nothing is expected. */
  heardWall: wall.nullable(),
  heardByWall: wall.nullable(),
  toldWall: wall.nullable(),
  toldByWall: wall.nullable(),
});

export const serviceState = z.strictObject({
  subject: id,
  name: words,
  is: z.enum(['shelved', 'out-of-service', 'under-test']),
  by: z.string(),
  untilWall: wall,
});

/** What waits for somebody on the box: a duty check (查岗), a reset that the district asks for. */
export const request = z.strictObject({
  id,
  is: z.enum(['duty-check', 'reset-request']),
  by: z.string(),
  sinceWall: wall,
  untilWall: wall,
  note: z.string().nullable(),
});

/** What sounds or is said although nothing is in alarm, or because of an alarm. */
export const sounding = z.strictObject({
  id,
  kind: z.enum(['exercise', 'saying', 'walk-test']),
  /** Which one; only of an exercise. */
  exercise: z.enum(['drill', 'siren-test']).optional(),
  words,
  where: z.array(words),
  /** Null: an alarm did. */
  origin: z.string().nullable(),
  untilWall: wall.nullable(),
});

export const shiftState = z.strictObject({
  /** Name of the person on duty; null: nobody has taken over; `***`: somebody, to those who are not told names (tokens, level Ⅰ beyond the
   * box: they get no note either, and of calls no words and no place). */
  person: z.string().nullable(),
  sinceWall: wall.nullable(),
  note: z.string().nullable(),
});

/** What people have said about an alarm: it stays with it after the alarm is reset, for a day. */
export const incident = z
  .strictObject({
    /** Id of the alarm, or of the call that was reported. */
    id,
    kind: z.enum(['alarm', 'call']),
    name: words,
    place: z.string().nullable(),
    zone: id.nullable(),
    beganWall: wall,
    verdict: z.enum(['real-fire', 'cooking', 'dust-or-steam', 'insects', 'work', 'test', 'unknown']).nullable(),
    isClosed: z.boolean(),
    notes: z.array(
      z.strictObject({
        wall,
        by: z.string(),
        what: z.enum(['note', 'arrived', 'verdict', 'closed']),
        text: z.string(),
      }),
    ),
  })
  .meta({ id: 'Incident' });

/** Values by topic; each but `head` and `shift` is a table by key. */
export const panelState = z
  .strictObject({
    head,
    shift: shiftState,
    alarms: z.record(id, alarmRow),
    points: z.record(id, pointValue),
    outputs: z.record(id, outputState),
    uplinks: z.record(id, uplinkState),
    services: z.record(id, serviceState),
    requests: z.record(id, request),
    soundings: z.record(id, sounding),
    incidents: z.record(id, incident),
    /** Of alarms that are over, and of calls; a standing alarm has its own in its row. */
    ways: z.record(id, way),
  })
  .meta({ id: 'PanelState' });
export type PanelState = z.infer<typeof panelState>;
export type AlarmRow = z.infer<typeof alarmRow>;
export type PointValue = z.infer<typeof pointValue>;
export type Incident = z.infer<typeof incident>;

export const tableTopics = [
  'alarms',
  'points',
  'outputs',
  'uplinks',
  'services',
  'requests',
  'soundings',
  'incidents',
  'ways',
] as const;
export type TableTopic = (typeof tableTopics)[number];

/** A value of one topic is now another; null: its row is gone. */
export type Patch =
  | { readonly topic: 'head'; readonly value: PanelState['head'] }
  | { readonly topic: 'shift'; readonly value: PanelState['shift'] }
  | {
      readonly [Topic in TableTopic]: {
        readonly topic: Topic;
        readonly key: string;
        readonly value: PanelState[Topic][string] | null;
      };
    }[TableTopic];
