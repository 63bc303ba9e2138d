/** Loudspeakers of a village on a clock that the test moves, and what the voice tells about them. */
import { brandId, type OutputId, type SpeakerId } from '../../../config/ids.js';
import type { SpeakerConfig } from '../../../config/sounding.js';
import type { Speaker } from '../../../drivers/driver.js';
import type { Announcement, Rank, Saying } from '../../../gateway/voice/announcement.js';
import { Voice } from '../../../gateway/voice/voice.js';
import { heardWords } from '../../../hardware-sim/audio/mouth.js';
import { SimSpeaker } from '../../../hardware-sim/audio/sim-speaker.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../../sync/journal/entry.js';

export const hall = brandId<SpeakerId>('hall');
export const east = brandId<SpeakerId>('east');
export const west = brandId<SpeakerId>('west');
export const ampOf = (id: SpeakerId): OutputId => brandId<OutputId>(`amp-${id}`);

export function speakerConfig(id: SpeakerId, more: Partial<SpeakerConfig> = {}): SpeakerConfig {
  return {
    id,
    name: { zh: `${id} 大喇叭`, en: id },
    zone: null,
    player: { kind: 'chip', chip: 'syn6288', path: `/dev/${id}`, baud: 9600, trackMaxMs: 20_000 },
    amplifier: ampOf(id),
    warmUpMs: 800,
    volume: 60,
    loudVolume: 100,
    volumes: [],
    ...more,
  };
}

export const says = (text: string): Saying => ({ message: brandId(`m-${text}`), text, file: null, track: null });

let counted = 0;
export function announcement(
  rank: Rank,
  text: string,
  on: readonly SpeakerId[],
  more: Partial<Announcement> = {},
): Announcement {
  return {
    id: `a${++counted}`,
    rank,
    occasion: rank === 'fire' ? 'alarm' : rank === 'programme' ? 'programme' : 'order',
    sayings: new Map(on.map((id) => [id, [says(text)]])),
    times: 1,
    untilMono: Number.POSITIVE_INFINITY,
    volume: null,
    origin: rank === 'fire' ? null : 'cli:wang',
    alarm: rank === 'fire' ? brandId('e-1-7') : null,
    zone: null,
    words: { zh: text, en: text },
    ...more,
  };
}

export interface VoiceRigOptions {
  readonly configs?: readonly SpeakerConfig[];
  /** Default: a speaker that is text, on no chip. */
  readonly makeSpeaker?: (config: SpeakerConfig, clock: SimClock) => Speaker;
}

export class VoiceRig {
  readonly clock = new SimClock();
  readonly drafts: EntryDraft[] = [];
  /** `hall VOICE-003`, `hall well`. */
  readonly faults: string[] = [];
  readonly details: unknown[] = [];
  readonly speakers = new Map<SpeakerId, Speaker>();
  minute = 12 * 60;
  amplifierChanges = 0;
  readonly voice: Voice;

  constructor({
    configs = [hall, east].map((id) => speakerConfig(id)),
    makeSpeaker = simSpeaker,
  }: VoiceRigOptions = {}) {
    this.voice = new Voice({
      speakers: configs,
      makeSpeaker: (config) => {
        const speaker = makeSpeaker(config, this.clock);
        this.speakers.set(config.id, speaker);
        return speaker;
      },
      clock: this.clock,
      localMinute: () => this.minute,
      events: {
        record: (drafts) => void this.drafts.push(...drafts),
        onFault: (config, fault) => {
          // That it is well is told once when it is first known: a saved fault of an earlier start may stand.
          if (fault === null && !this.faults.some((told) => told.startsWith(`${config.id} `))) return;
          this.faults.push(`${config.id} ${fault?.code ?? 'well'}`);
          this.details.push(fault?.detail);
        },
        onAmplifiers: () => this.amplifierChanges++,
      },
    });
    this.voice.start();
  }

  sim(id: SpeakerId): SimSpeaker {
    const speaker = this.speakers.get(id);
    if (!(speaker instanceof SimSpeaker)) throw new Error(`${id} is not simulated`);
    return speaker;
  }

  /** One line for each thing heard there: `火警 100% to the end`. */
  heard(id: SpeakerId): readonly string[] {
    return heardWords(this.sim(id).heard);
  }

  /** `begun 火警`, `ended 火警 said 2`. */
  journal(): readonly string[] {
    return this.drafts.map(({ kind, detail, words }) => {
      if (kind === 'voice.begun') return `begun ${words.zh.replace(/^播报：|（.*$/g, '')}`;
      const what = /：([^，]*)/.exec(words.zh)?.[1] ?? '';
      return `ended ${what} ${detail['how']} ${detail['how'] === 'left-out' ? detail['why'] : detail['spoken']}`;
    });
  }

  keyed(): readonly string[] {
    return [...this.voice.keyed].sort();
  }
}

function simSpeaker(config: SpeakerConfig, clock: SimClock): SimSpeaker {
  return new SimSpeaker({ clock, plays: 'text', where: config.id });
}
