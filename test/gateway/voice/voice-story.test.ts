/** A long random story on three loudspeakers, and what must never be seen in it. */
import { expect, it } from 'vitest';
import type { SpeakerId } from '../../../config/ids.js';
import type { Cancel } from '../../../drivers/clock.js';
import { type Announcement, ranks } from '../../../gateway/voice/announcement.js';
import { SimSpeaker } from '../../../hardware-sim/audio/sim-speaker.js';
import { seeded } from '../../drivers/rig.js';
import { ampOf, announcement, east, hall, speakerConfig, VoiceRig, west } from './voice-rig.js';

const all = [hall, east, west];
const steps = 2000;
/** Behind the last word, and a millisecond for the timers. */
const tailMs = 501;

interface Told {
  readonly announcement: Announcement;
  /** An alarm took these from it while it spoke elsewhere. */
  readonly lost: Set<SpeakerId>;
  begun: number;
  ended: number;
}

class Story {
  readonly rig: VoiceRig;
  readonly told = new Map<string, Told>();
  readonly turns: { readonly untilMono: number; over: number; isCut: boolean }[] = [];
  /** When it was first seen that nobody wants it any longer. */
  readonly unwantedMono = new Map<SpeakerId, number>();
  /** What was played although something else sounded. */
  overlaps = 0;
  held: ReadonlySet<SpeakerId> | null = null;
  microphone: Cancel | null = null;
  /** People at a microphone. */
  pressed = 0;
  #read = 0;

  constructor(private readonly random: () => number) {
    this.rig = new VoiceRig({
      configs: all.map((id, i) => speakerConfig(id, { warmUpMs: i * 300 })),
      makeSpeaker: (config, clock) => {
        const lengthMs = (what: unknown): number => 500 + (JSON.stringify(what).length % 7) * 400;
        const speaker = new SimSpeaker({ clock, plays: 'text', where: config.id, lengthMs });
        const play = speaker.play.bind(speaker);
        speaker.play = (what, volume) => {
          if (speaker.now !== null) this.overlaps++;
          return play(what, volume);
        };
        return speaker;
      },
    });
  }

  some(): SpeakerId[] {
    const chosen = all.filter(() => this.random() < 0.5);
    return chosen.length > 0 ? chosen : [hall];
  }

  pick<T>(of: readonly T[]): T {
    const found = of[Math.floor(this.random() * of.length)];
    if (found === undefined) throw new Error('nothing to pick');
    return found;
  }

  step(): void {
    const { rig, random } = this;
    const { voice, clock } = rig;
    const nowMono = clock.mono();
    const what = random();
    if (what < 0.35) {
      const id = `s${this.told.size}`;
      const untilMono = nowMono + this.pick([2000, 20_000, 200_000]);
      const rank = this.pick(ranks.slice(1));
      const said = announcement(rank, `${rank} ${id}`, this.some(), { id, untilMono, times: this.pick([1, 1, 2]) });
      // Said beside an alarm it is said elsewhere only.
      this.told.set(id, { announcement: said, lost: new Set(this.held), begun: 0, ended: 0 });
      voice.announce(said);
    } else if (what < 0.42) voice.withdraw(`s${Math.floor(random() * this.told.size)}`);
    else if (what < 0.5) this.#hold(new Set(this.some()));
    else if (what < 0.6) this.#hold(null);
    else if (what < 0.75 && this.held !== null) {
      this.#cutTurns();
      const maxMs = this.pick([1000, 5000, 10_000]);
      const turn = { untilMono: nowMono + maxMs, over: 0, isCut: false };
      this.turns.push(turn);
      voice.turn(announcement('fire', 'fire', [...this.held], { times: 2 }), maxMs, () => turn.over++);
      expect(turn.over).toBe(0);
    } else if (what < 0.78) {
      this.#cutTurns();
      voice.cutTurn();
    } else if (what < 0.84) {
      this.microphone = voice.microphone(new Set(this.some()), 4000, 'key:mic');
      if (this.microphone !== null) this.pressed++;
    } else if (what < 0.88) this.microphone?.();
    else if (what < 0.94) rig.sim(this.pick(all)).fault = random() < 0.5 ? 'VOICE-007' : null;
  }

  #hold(speakers: ReadonlySet<SpeakerId> | null): void {
    for (const {
      announcement: { sayings },
      lost,
    } of this.told.values()) {
      for (const id of speakers ?? []) if (sayings.has(id)) lost.add(id);
    }
    if (speakers === null) {
      this.#cutTurns();
      this.rig.voice.cutTurn();
    }
    this.held = speakers;
    this.rig.voice.hold(speakers);
  }

  #cutTurns(): void {
    const last = this.turns.at(-1);
    if (last !== undefined && last.over === 0) last.isCut = true;
  }

  readJournal(): void {
    for (const { kind, detail } of this.rig.drafts.slice(this.#read)) {
      if (detail['occasion'] === 'microphone' && kind === 'voice.ended') this.pressed--;
      const told = this.told.get(String(detail['announcement']));
      if (told === undefined) continue;
      if (kind === 'voice.begun') told.begun++;
      else told.ended++;
    }
    this.#read = this.rig.drafts.length;
  }

  /** What is wrong now; empty: nothing. */
  wrong(): string[] {
    const { rig, held } = this;
    const nowMono = rig.clock.mono();
    const wrong: string[] = this.overlaps > 0 ? ['two at once'] : [];
    const standing = [...this.told.values()].filter(({ ended }) => ended === 0);
    for (const id of all) {
      const sounding = rig.sim(id).now?.what ?? null;
      const rank = sounding?.split(' ')[0] ?? null;
      const isHeld = held?.has(id) ?? false;
      const isKeyed = rig.voice.keyed.has(ampOf(id));
      if (sounding !== null && !isKeyed) wrong.push(`${id} speaks without its amplifier`);
      if (isHeld && !isKeyed) wrong.push(`${id} is held without its amplifier`);
      if (isHeld && rank !== null && rank !== 'fire') wrong.push(`${sounding} on a loudspeaker of an alarm`);
      if (held !== null && (rank === 'drill' || rank === 'programme')) wrong.push(`${sounding} beside an alarm`);
      const mine = standing.filter(({ announcement: { sayings }, lost }) => sayings.has(id) && !lost.has(id));
      const better = mine.find(
        ({ announcement: other }) => rank !== null && rank !== 'fire' && isHigher(other.rank, rank),
      );
      if (better !== undefined && !isHeld) wrong.push(`${sounding} before ${better.announcement.rank} on ${id}`);
      const isWanted = isHeld || sounding !== null || standing.some(({ announcement: { sayings } }) => sayings.has(id));
      if (isWanted || this.pressed > 0) this.unwantedMono.delete(id);
      else if (!this.unwantedMono.has(id)) this.unwantedMono.set(id, nowMono);
      if (isKeyed && nowMono - (this.unwantedMono.get(id) ?? nowMono) > tailMs) wrong.push(`${id} hums`);
    }
    for (const { untilMono, over, isCut } of this.turns.slice(-2)) {
      if (over > (isCut ? 0 : 1)) wrong.push('a turn is over once too often');
      if (!isCut && over === 0 && nowMono > untilMono) wrong.push('a turn is not over');
    }
    return wrong;
  }
}

function isHigher(rank: Announcement['rank'], than: string): boolean {
  return ranks.indexOf(rank) < (ranks as readonly string[]).indexOf(than);
}

it.each([1, 2])(
  'seed %i: one voice at a time, by rank; every turn over once; amplifiers on when needed and not longer',
  async (seed) => {
    const random = seeded(seed);
    const story = new Story(random);
    const { rig } = story;
    for (let i = 0; i < steps; i++) {
      story.step();
      story.readJournal();
      expect(story.wrong(), `step ${i}`).toEqual([]);
      await rig.clock.advance(random() < 0.3 ? 0 : random() * 1500);
      story.readJournal();
      expect(story.wrong(), `after step ${i}`).toEqual([]);
    }
    rig.voice.hold(null);
    rig.voice.cutTurn();
    for (const id of all) rig.sim(id).fault = null;
    await rig.clock.advance(600_000);
    story.readJournal();
    expect([...story.told.values()].filter(({ begun, ended }) => begun > 1 || ended !== 1)).toEqual([]);
    expect(rig.keyed()).toEqual([]);
    expect(story.turns.filter(({ over, isCut }) => over !== (isCut ? 0 : 1))).toEqual([]);
    // The story was one: everybody was heard, much was cut off.
    const heard = all.flatMap((id) => rig.sim(id).heard);
    for (const rank of ranks) expect(heard.filter(({ what }) => what.startsWith(rank)).length).toBeGreaterThan(20);
    expect(heard.filter(({ how }) => how === 'cut off').length).toBeGreaterThan(100);
  },
);
