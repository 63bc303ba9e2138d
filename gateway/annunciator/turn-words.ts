/** What the loudspeakers say in one turn between two bursts of the sirens. Pure. */
import type { MessageId, SpeakerId } from '../../config/ids.js';
import { type AlarmClass, classWords } from '../../config/vocabulary.js';
import type { Facets } from '../alarm/facets.js';
import type { Announcement, Rank, Saying } from '../voice/announcement.js';
import type { Sounding } from './desired-outputs.js';

/** A message with everything filled in that is known about the alarm. */
export type SayingOf = (message: MessageId, facets: Facets) => Saying;

/** Of alarms; all lesser ones speak as an order of the district does. */
const rankOfClass: Readonly<Record<AlarmClass, Rank>> = {
  fire: 'fire',
  warning: 'district',
  supervisory: 'district',
  fault: 'district',
  technical: 'district',
};

/** Loudspeakers that the alarms have something to say on. */
export function speakersOf(soundings: readonly Sounding[]): ReadonlySet<SpeakerId> {
  return new Set(soundings.flatMap(({ step }) => (step.say ?? []).flatMap(({ speakers }) => speakers)));
}

/** How often each alarm had the word on each loudspeaker, by `wordKey`. */
export type Said = ReadonlyMap<string, number>;

export interface TurnWords {
  readonly announcement: Announcement;
  /** `said`, once this turn is over. */
  readonly said: Said;
  /** Subjects that have the word. */
  readonly subjects: ReadonlySet<string>;
}

/**
 * The next turn: on each loudspeaker the alarm that had the word least often, of these the newest, because thirty seconds do not
 * hold them all and nobody has heard the newest yet. Null: nobody has anything to say.
 */
export function nextTurn(
  soundings: readonly Sounding[],
  said: Said,
  times: number,
  sayingOf: SayingOf,
): TurnWords | null {
  const sayings = new Map<SpeakerId, readonly Saying[]>();
  const saidThen = new Map(said);
  const subjects = new Set<string>();
  let newest: Sounding | null = null;
  for (const speaker of speakersOf(soundings)) {
    const alarms = alarmsOn(speaker, soundings);
    const known = alarms.flatMap(({ sounding }) => said.get(wordKey(speaker, sounding)) ?? []);
    // A new one comes next, and then takes turns with the others: it does not catch up with what they were told for an hour.
    const newCount = known.length === 0 ? 0 : Math.min(...known) - 1;
    const count = ({ sounding }: AlarmOnSpeaker): number => said.get(wordKey(speaker, sounding)) ?? newCount;
    const least = Math.min(...alarms.map(count));
    const chosen = alarms.find((each) => count(each) === least);
    if (chosen === undefined) continue;
    const { sounding, messages } = chosen;
    saidThen.set(wordKey(speaker, sounding), least + 1);
    subjects.add(sounding.facets.subject);
    sayings.set(
      speaker,
      messages.map((message) => sayingOf(message, sounding.facets)),
    );
    if (newest === null || sounding.alarm.order > newest.alarm.order) newest = sounding;
  }
  if (newest === null) return null;
  const { alarm, facets } = newest;
  const head = classWords[facets.class];
  const announcement: Announcement = {
    id: 'alarm',
    rank: rankOfClass[facets.class],
    occasion: 'alarm',
    sayings,
    times,
    untilMono: Number.POSITIVE_INFINITY,
    volume: null,
    origin: null,
    alarm: alarm.id,
    zone: facets.zone,
    words: { zh: `${head.zh}：${facets.name.zh}`, en: `${head.en}: ${facets.name.en}` },
  };
  return { announcement, said: saidThen, subjects };
}

function wordKey(speaker: SpeakerId, { facets }: Sounding): string {
  return `${speaker} ${facets.subject}`;
}

interface AlarmOnSpeaker {
  readonly sounding: Sounding;
  /** Of all its steps that have begun, each once. */
  readonly messages: readonly MessageId[];
}

/** Alarms with words for this loudspeaker, the newest first. */
function alarmsOn(speaker: SpeakerId, soundings: readonly Sounding[]): readonly AlarmOnSpeaker[] {
  const bySubject = new Map<string, { readonly sounding: Sounding; readonly messages: Set<MessageId> }>();
  for (const sounding of soundings) {
    for (const { message, speakers } of sounding.step.say ?? []) {
      if (!speakers.includes(speaker)) continue;
      const { subject } = sounding.facets;
      const found = bySubject.get(subject) ?? { sounding, messages: new Set() };
      bySubject.set(subject, found);
      found.messages.add(message);
    }
  }
  return [...bySubject.values()]
    .map(({ sounding, messages }) => ({ sounding, messages: [...messages] }))
    .sort((a, b) => b.sounding.alarm.order - a.sounding.alarm.order);
}
