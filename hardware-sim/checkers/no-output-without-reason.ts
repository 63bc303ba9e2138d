import type { OutputId, SpeakerId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import { AlarmBook, type Standing } from './alarm-book.js';
import type { CheckerKind, WorldView } from './checker.js';
import { ExerciseBook } from './exercise-book.js';
import { isSounder, SiteIndex } from './site-index.js';

/** A fact is judged when what explains it may have been told: outputs are ordered first, then journaled. */
const judgedAfterMs = 3_000;
/** An order may be late on a line with trouble. */
const lateMs = 15_000;
/** What was just mended may do what it was told before, or what it does from the factory. */
const mendedMs = 60_000;
/** A horn may still say what somebody ordered: others had the word. */
const waitsForWordMs = 900_000;

interface Happened {
  readonly mono: number;
  readonly output: OutputId | null;
  readonly speaker: SpeakerId | null;
  /** Alarms that sounded then by the live list of the gateway. */
  readonly listed: ReadonlySet<string>;
}

export const noOutputWithoutReason: CheckerKind = {
  name: 'no-output-without-reason',
  promise:
    'nothing sounds or speaks unless an alarm, an exercise or an order of somebody with the right to it wants it',
  make(config, accuse) {
    const index = new SiteIndex(config);
    const book = new AlarmBook();
    const exercises = new ExerciseBook();
    const voices = new Voices(config);
    let waiting: Happened[] = [];
    const alarmWants = ({ output, speaker, mono, listed }: Happened, world: WorldView): boolean => {
      const sounding = new Set([...listed, ...soundingIn(world)]);
      for (const each of book.since(mono - lateMs)) {
        if (each.firstMono > mono + judgedAfterMs) continue;
        if (!mayBeHeard(each, mono, sounding)) continue;
        if (output !== null && index.isNamed(output, each.class, each.zone)) return true;
        if (speaker !== null && index.isSaidOn(speaker, each.class, each.zone)) return true;
      }
      return false;
    };
    return {
      see(fact, world) {
        book.see(fact, world);
        exercises.see(fact);
        if (fact.kind === 'output' && fact.on) {
          const output = index.outputs.get(fact.output);
          const speaker = config.speakers.find(({ amplifier }) => amplifier === fact.output)?.id ?? null;
          if (isSounder(output) || speaker !== null)
            waiting.push({ mono: fact.mono, output: fact.output, speaker, listed: soundingIn(world) });
        } else if (fact.kind === 'heard') {
          const { speaker } = fact.heard;
          waiting.push({ mono: fact.mono, output: null, speaker, listed: soundingIn(world) });
        } else if (fact.kind === 'ordered') voices.ordered(fact.mono);
        else if (fact.kind === 'centre.sent' && fact.order.hostile === null) voices.ordered(fact.mono);
        else if (fact.kind === 'seen' && fact.seen.kind === 'entry')
          voices.read(fact.seen.entry.kind, fact.seen.entry.detail, fact.mono);
      },
      look(world) {
        if (waiting.length === 0) return;
        const nowMono = world.mono();
        const due = waiting.filter(({ mono }) => mono + judgedAfterMs <= nowMono);
        if (due.length === 0) return;
        waiting = waiting.filter(({ mono }) => mono + judgedAfterMs > nowMono);
        for (const each of due) {
          if (exercises.lastMono >= each.mono - lateMs || alarmWants(each, world) || isTheWorlds(index, each, world))
            continue;
          if (each.speaker !== null && voices.isWanted(each.speaker, each.mono)) continue;
          accuse(`${each.output ?? each.speaker} at ${Math.round(each.mono)} ms: nothing and nobody wanted it`);
        }
      },
    };
  },
};

/**
 * Does the alarm want to be heard at that moment? Of one that a lost life, another journal or a person who put it back has made
 * unsure, the live list says it: what stands in no list, or stands silenced there, explains nothing.
 */
function mayBeHeard(each: Standing, mono: number, sounding: ReadonlySet<string>): boolean {
  if (each.isSure && each.isSoundSure) return (each.silencedMono ?? mono) >= mono - lateMs;
  const changedMono = Math.max(each.sinceMono, each.silencedMono ?? each.sinceMono, each.endedMono ?? each.sinceMono);
  return changedMono >= mono - lateMs || sounding.has(each.subject);
}

function soundingIn({ gateway }: WorldView): ReadonlySet<string> {
  const subjects = [...(gateway?.runtime.alarms.subjects.values() ?? [])];
  return new Set(
    subjects.flatMap(({ subject, alarm, sounder }) => (alarm !== null && sounder === 'sounding' ? [subject] : [])),
  );
}

/** Broken, or just mended. */
function isTheWorlds(index: SiteIndex, { mono, output, speaker }: Happened, { afflictions }: WorldView): boolean {
  const parts = output === null ? [] : index.partsOfOutput(output).filter((part) => part !== 'gateway');
  const horn = speaker === null ? [] : [`horn:${speaker}` as const];
  return afflictions.soundSince([...parts, ...horn]) > mono - mendedMs;
}

/** Who wanted to speak beside alarms: somebody with an order, the daily programme, an all-clear. */
class Voices {
  readonly #wantedMono = new Map<string, number>();
  /** Going on now, by the announcement. */
  readonly #open = new Map<string, readonly string[]>();
  #orderedMono = Number.NEGATIVE_INFINITY;
  #resetMono = Number.NEGATIVE_INFINITY;

  constructor(private readonly config: SiteConfig) {}

  ordered(mono: number): void {
    this.#orderedMono = mono;
  }

  read(kind: string, detail: Readonly<Record<string, unknown>>, mono: number): void {
    if (kind === 'alarm.reset') this.#resetMono = mono;
    if (kind !== 'voice.begun' && kind !== 'voice.ended') return;
    const id = String(detail['announcement']);
    const speakers = Array.isArray(detail['speakers']) ? detail['speakers'].map(String) : [];
    if (!this.#isExplained(String(detail['occasion']), mono)) return;
    for (const speaker of speakers) this.#wantedMono.set(speaker, mono);
    if (kind === 'voice.begun') this.#open.set(id, speakers);
    else this.#open.delete(id);
  }

  isWanted(speaker: SpeakerId, mono: number): boolean {
    if ((this.#wantedMono.get(speaker) ?? Number.NEGATIVE_INFINITY) >= mono - lateMs) return true;
    return [...this.#open.values()].some((speakers) => speakers.includes(speaker));
  }

  #isExplained(occasion: string, mono: number): boolean {
    switch (occasion) {
      case 'order':
      case 'microphone':
        return this.#orderedMono >= mono - waitsForWordMs;
      case 'all-clear':
        return this.#resetMono >= mono - waitsForWordMs;
      case 'programme':
        return this.config.programme.length > 0;
      default:
        // An alarm or an exercise has reasons of its own.
        return false;
    }
  }
}
