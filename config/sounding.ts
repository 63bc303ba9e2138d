/** What sounds, speaks and shines on a site, and when: outputs, loudspeakers, plans, exercises. Part of `SiteConfig`. Times in ms. */
import type { DeviceId, MessageId, OutputId, PlanId, PointId, ProgrammeId, SpeakerId, ZoneId } from './ids.js';
import type { AlarmClass, OnControlLost, Table, Words } from './vocabulary.js';

export interface WriteStep {
  readonly table: 'coil' | 'holding';
  readonly address: number;
  /** Coil: 0 or 1. Holding register: 0 to 65535. */
  readonly value: number;
}

export type OutputTarget =
  | {
      readonly kind: 'unit';
      readonly device: DeviceId;
      readonly on: WriteStep;
      readonly off: WriteStep;
      /** Where the state is read back: the output is on when the raw value equals `onRaw`. */
      readonly readBack: { readonly table: Table; readonly address: number; readonly onRaw: number };
      /** The unit's own timer for this channel; left out: it has none, or nobody wants it. */
      readonly timed?: TimedOn;
    }
  | { readonly kind: 'pin'; readonly pin: number; readonly activeLow: boolean };

/** A relay that goes off by itself: written instead of `on`, again before it is over. */
export interface TimedOn {
  readonly table: 'coil' | 'holding';
  readonly address: number;
  /** The value that keeps it on for `forMs`, as it is written. */
  readonly value: number;
  /** So long it then stays on, ms. */
  readonly forMs: number;
}

/** A point that shows whether the thing behind an output really works: a feedback contact, the current that it draws. */
export interface OutputProof {
  readonly point: PointId;
  /** How the point reads while the output is on. */
  readonly on: { readonly state: string } | { readonly atLeast: number };
  /** How soon after an order the point must show it, ms. */
  readonly withinMs: number;
}

export interface OutputConfig {
  readonly id: OutputId;
  readonly name: Words;
  /** `amplifier`: the key line of a loudspeaker's amplifier; only speakers switch it. */
  readonly kind: 'siren' | 'strobe' | 'lamp' | 'amplifier';
  readonly zone: ZoneId | null;
  readonly target: OutputTarget;
  readonly onControlLost: OnControlLost;
  /** Of a lamp: what it shows by itself; left out: plans switch it. */
  readonly shows?: LampMeaning;
  /** What proves it beside the read-back of its driver. */
  readonly proof?: OutputProof;
}

/** `fire` red 火警, `fault` yellow 故障, `service` yellow 屏蔽, `normal` green 正常, `transmission` reports of class fire 传输. */
export type LampMeaning = 'fire' | 'fault' | 'service' | 'normal' | 'transmission' | 'duty' | 'duty_sound';

/** A pin that changes its level once a second as long as the gateway makes progress, and stands still otherwise. */
export interface HeartbeatConfig {
  readonly id: OutputId;
  readonly name: Words;
  readonly zone: ZoneId | null;
  readonly target: Extract<OutputTarget, { kind: 'pin' }>;
}

/** Who hears what when: each alarm of the class in one of the zones takes these steps, each on its own. */
export interface PlanConfig {
  readonly id: PlanId;
  readonly when: { readonly class: AlarmClass; readonly zones: readonly ZoneId[] | 'all' };
  readonly steps: readonly PlanStep[];
  /** Said once when a person has reset the last alarm of the plan; left out: nothing is. */
  readonly allClear?: Say;
  /** What people do, step by step; left out: what is usual for the class (site-defaults.ts). */
  readonly whatToDo?: readonly Words[];
}

export interface PlanStep {
  /** It begins with the first of these. */
  readonly start: readonly StepStart[];
  readonly sound: readonly OutputId[];
  /** Said in turn with the sirens, as long as they sound; left out: nothing is. */
  readonly say?: readonly Say[];
}

export type StepStart =
  | { readonly kind: 'at-once' }
  /** It is more than the word of one detector: a second one of the zone, a call point (design.md §5). */
  | { readonly kind: 'confirmed' }
  /** So long after the raising, if nobody had acknowledged by then, ms. */
  | { readonly kind: 'unacknowledged'; readonly afterMs: number }
  /** So long after the raising, whoever acknowledged, ms. */
  | { readonly kind: 'after'; readonly afterMs: number };

/** One message on some loudspeakers. */
export interface Say {
  readonly message: MessageId;
  readonly speakers: readonly SpeakerId[];
}

/** A loudspeaker (农村大喇叭) with what plays on it. */
export interface SpeakerConfig {
  readonly id: SpeakerId;
  readonly name: Words;
  /** Where it is heard; null: everywhere. */
  readonly zone: ZoneId | null;
  readonly player: PlayerConfig;
  /** The output that switches its amplifier on; null: it is always on. */
  readonly amplifier: OutputId | null;
  /** From switching the amplifier on to the first word, ms. */
  readonly warmUpMs: number;
  /** 0 to 100 %, for everything but fire, drill and evacuation, which have `loudVolume`. */
  readonly volume: number;
  readonly loudVolume: number;
  /** Other volumes by time of the local day; the first that fits counts. */
  readonly volumes: readonly (DayWindow & { readonly volume: number })[];
}

export type PlayerConfig =
  | {
      readonly kind: 'chip';
      readonly chip: 'syn6288' | 'xfs5152' | 'dfplayer' | 'dy';
      /** Its tty. */
      readonly path: string;
      readonly baud: number;
      /** No track of its card is longer, ms. Without meaning for chips that speak. */
      readonly trackMaxMs: number;
    }
  /** WAV files through ALSA; null: the system's own sound card. */
  | { readonly kind: 'aplay'; readonly device: string | null }
  /** Nothing plays here: the amplifier passes on a microphone or another line while it is keyed. */
  | { readonly kind: 'line' };

/** Something that can be said; each loudspeaker takes the one of text, file and track that it can play. */
export interface MessageConfig {
  readonly id: MessageId;
  readonly name: Words;
  /** A template: `{{place}}`, `{{zone}}`, `{{name}}`, `{{site}}`, `{{class}}`, `{{time}}`, `{{minutes}}`. */
  readonly text: string | null;
  /** A WAV file, absolute. */
  readonly file: string | null;
  /** Of the player's card, from 1. */
  readonly track: number | null;
}

/** From `from` to `to`, minutes since local midnight, over midnight where `to` is less; never empty. */
export interface DayWindow {
  readonly fromMin: number;
  readonly toMin: number;
}

/** 0 = Sunday … 6 = Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export interface ProgrammeConfig {
  readonly id: ProgrammeId;
  readonly say: Say;
  /** `HH:MM` local time. */
  readonly at: string;
  readonly days: readonly Weekday[];
  /** How often it is said. */
  readonly times: number;
}

/** How the sirens of an alarm sound. All of the site follow the one of the highest class that sounds. */
export interface Cadence {
  /** One burst, ms. With a voice: 8 to 20 s for fire (GB 50116-2013 4.8.6 [V*]). */
  readonly burstMs: number;
  /** Quiet behind a burst where nobody speaks, ms; 0: bursts follow one another without a gap. */
  readonly pauseMs: number;
  /** One turn of the voice lasts no longer, ms; 10 to 30 s for fire (GB 50116-2013 4.8 [V*]). */
  readonly voiceMs: number;
  /** How often a message is said in one turn, if the turn is long enough. */
  readonly times: 1 | 2;
  /** Bursts and voice go on for so long, and then all is quiet for `restsMs`, so that neither battery nor ear is destroyed. */
  readonly soundsMs: number;
  /** 0: no rest. */
  readonly restsMs: number;
  /** How long a silenced alarm stays silent while it is active; null: until it returns. */
  readonly resoundMs: number | null;
}

/** What sounds although nothing is in alarm. */
export interface ExercisesConfig {
  readonly drill: DrillConfig;
  /** Null: the sirens are not tested by themselves. */
  readonly sirenTest: SirenTestConfig | null;
  readonly walkTest: WalkTestConfig;
}

export interface DrillConfig {
  /** A drill that nobody ends lasts so long, ms. */
  readonly lastsMs: number;
  /** Said before anything sounds, and in turn with the sirens; null: nothing is said. */
  readonly begins: Say | null;
  readonly ends: Say | null;
  /** So long after the last drill the next one is due, ms; null: nobody is reminded. */
  readonly dueAfterMs: number | null;
}

export interface SirenTestConfig {
  readonly day: Weekday;
  /** `HH:MM` local time. */
  readonly at: string;
  /** Said before; null: nothing is. */
  readonly begins: Say | null;
  readonly outputs: readonly OutputId[];
  /** Sirens have no volume: they sound shortly, ms. */
  readonly soundsMs: number;
  /** Of the loudspeakers, 0 to 100 %. */
  readonly volume: number;
}

export interface WalkTestConfig {
  /** Where each detector is told of when it was seen (`12号 正常`). */
  readonly speakers: readonly SpeakerId[];
  /** The chirp, ms. */
  readonly chirpMs: number;
}
