/** Tests and broadcasts that a district orders, as the desk for exercises takes them (gateway/command/exercise-desk.ts). Pure. */
import type { SiteConfig, SpeakerConfig } from '../../../config/site.js';
import type { Order } from '../../../sync/messages/command.js';
import { type ExerciseAsk, isPlain, textMax } from '../exercise-order.js';
import type { DeskRefusal } from './district-words.js';

type SoundOrder = Extract<Order, { order: 'siren_test' | 'speaker_test' | 'broadcast' }>;
type SoundSite = Pick<SiteConfig, 'speakers' | 'messages' | 'outputs' | 'exercises'>;

const testText = '现在测试广播，请大家不要惊慌';

/** `zones` null: everywhere. */
export function soundAsk(
  what: SoundOrder,
  zones: readonly string[] | null,
  site: SoundSite,
): ExerciseAsk | DeskRefusal {
  switch (what.order) {
    case 'siren_test':
      return sirensAreIn(zones, site) ? { ask: 'siren-test' } : 'whole-site-only';
    case 'speaker_test': {
      const message = site.exercises.sirenTest?.begins?.message ?? null;
      return broadcastAsk({ message, text: message === null ? testText : null, repeat: 1 }, zones, site);
    }
    case 'broadcast': {
      const { message = null, text = null, repeat } = what;
      return broadcastAsk({ message, text, repeat }, zones, site);
    }
    default: {
      const impossible: never = what;
      throw new Error(`impossible order ${String(impossible)}`);
    }
  }
}

interface Said {
  readonly message: string | null;
  readonly text: string | null;
  readonly repeat: number;
}

function broadcastAsk(said: Said, zones: readonly string[] | null, { speakers }: SoundSite): ExerciseAsk | DeskRefusal {
  const { message, text, repeat } = said;
  if ((message === null) === (text === null)) return 'bad-text';
  if (text !== null && !isPlain(text, textMax)) return 'bad-text';
  const near = speakers.filter((each) => each.player.kind !== 'line' && isHeardIn(each, zones));
  if (near.length === 0) return 'no-speaker';
  const able = text === null ? near : near.filter(speaksTexts);
  if (able.length === 0) return 'no-text-speaker';
  const ids = able.map(({ id }) => id);
  return { ask: 'broadcast', message, text, speakers: ids, evacuation: false, times: repeat };
}

/** A loudspeaker without a zone is heard everywhere, also where the order may not be. */
function isHeardIn({ zone }: SpeakerConfig, zones: readonly string[] | null): boolean {
  return zones === null || (zone !== null && zones.includes(zone));
}

/** It has a chip that speaks texts. */
function speaksTexts({ player }: SpeakerConfig): boolean {
  return player.kind === 'chip' && (player.chip === 'syn6288' || player.chip === 'xfs5152');
}

function sirensAreIn(zones: readonly string[] | null, { outputs, exercises }: SoundSite): boolean {
  if (zones === null) return true;
  const tested = exercises.sirenTest?.outputs ?? [];
  return outputs.every(({ id, zone }) => !tested.includes(id) || (zone !== null && zones.includes(zone)));
}
