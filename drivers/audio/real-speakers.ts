/** The player of each loudspeaker as its site file names it: voice chips and track players on ttys, WAV files through aplay. */
import type { PlayerConfig, SpeakerConfig } from '../../config/sounding.js';
import type { Clock } from '../clock.js';
import type { OpenByteLink, Speaker } from '../driver.js';
import { serialLinkOpener } from '../serial/serial-link.js';
import { AplaySpeaker } from './aplay-speaker.js';
import { dfplayer } from './dfplayer.js';
import { dyPlayer } from './dy-player.js';
import { LineSpeaker } from './line-speaker.js';
import { type PlayerSystem, realPlayerSystem } from './player-system.js';
import { syn6288 } from './syn6288.js';
import { TrackSpeaker } from './track-speaker.js';
import { TtsSpeaker } from './tts-speaker.js';
import { xfs5152 } from './xfs5152.js';

type ChipConfig = Extract<PlayerConfig, { kind: 'chip' }>;

export interface SpeakerMakings {
  readonly clock: Clock;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  /** Default: the system that this process runs on. */
  readonly system?: PlayerSystem;
  /** Default: the tty, 8N1. */
  readonly openerOf?: (player: ChipConfig) => OpenByteLink;
}

/** Makes the speaker and touches nothing yet. */
export function realSpeaker({ id, player }: Pick<SpeakerConfig, 'id' | 'player'>, makings: SpeakerMakings): Speaker {
  const { clock, random, system = realPlayerSystem } = makings;
  switch (player.kind) {
    case 'aplay':
      return new AplaySpeaker({ device: player.device, clock, system });
    case 'line':
      return new LineSpeaker(id);
    case 'chip': {
      const { path, baud, trackMaxMs } = player;
      const open = makings.openerOf?.(player) ?? ttyOpener(player, clock);
      const options = { where: path, open, clock, random, baud };
      switch (player.chip) {
        case 'syn6288':
          return new TtsSpeaker({ ...options, codec: syn6288 });
        case 'xfs5152':
          return new TtsSpeaker({ ...options, codec: xfs5152 });
        case 'dfplayer':
          return new TrackSpeaker({ ...options, codec: dfplayer, trackMaxMs });
        case 'dy':
          return new TrackSpeaker({ ...options, codec: dyPlayer, trackMaxMs });
      }
    }
  }
}

function ttyOpener({ path, baud }: ChipConfig, clock: Clock): OpenByteLink {
  return serialLinkOpener({ path, format: { baud, dataBits: 8, parity: 'none', stopBits: 1 }, rs485: null }, clock);
}
