import { serialLinkOpener } from '../serial/serial-link.js';
import { AplaySpeaker } from './aplay-speaker.js';
import { dfplayer } from './dfplayer.js';
import { dyPlayer } from './dy-player.js';
import { LineSpeaker } from './line-speaker.js';
import { realPlayerSystem } from './player-system.js';
import { syn6288 } from './syn6288.js';
import { TrackSpeaker } from './track-speaker.js';
import { TtsSpeaker } from './tts-speaker.js';
import { xfs5152 } from './xfs5152.js';
/** Makes the speaker and touches nothing yet. */
export function realSpeaker({ id, player }, makings) {
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
function ttyOpener({ path, baud }, clock) {
    return serialLinkOpener({ path, format: { baud, dataBits: 8, parity: 'none', stopBits: 1 }, rs485: null }, clock);
}
