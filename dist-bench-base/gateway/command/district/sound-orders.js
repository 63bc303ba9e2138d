import { isPlain, textMax } from '../exercise-order.js';
const testText = '现在测试广播，请大家不要惊慌';
/** `zones` null: everywhere. */
export function soundAsk(what, zones, site) {
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
            const impossible = what;
            throw new Error(`impossible order ${String(impossible)}`);
        }
    }
}
function broadcastAsk(said, zones, { speakers }) {
    const { message, text, repeat } = said;
    if ((message === null) === (text === null))
        return 'bad-text';
    if (text !== null && !isPlain(text, textMax))
        return 'bad-text';
    const near = speakers.filter((each) => each.player.kind !== 'line' && isHeardIn(each, zones));
    if (near.length === 0)
        return 'no-speaker';
    const able = text === null ? near : near.filter(speaksTexts);
    if (able.length === 0)
        return 'no-text-speaker';
    const ids = able.map(({ id }) => id);
    return { ask: 'broadcast', message, text, speakers: ids, evacuation: false, times: repeat };
}
/** A loudspeaker without a zone is heard everywhere, also where the order may not be. */
function isHeardIn({ zone }, zones) {
    return zones === null || (zone !== null && zones.includes(zone));
}
/** It has a chip that speaks texts. */
function speaksTexts({ player }) {
    return player.kind === 'chip' && (player.chip === 'syn6288' || player.chip === 'xfs5152');
}
function sirensAreIn(zones, { outputs, exercises }) {
    if (zones === null)
        return true;
    const tested = exercises.sirenTest?.outputs ?? [];
    return outputs.every(({ id, zone }) => !tested.includes(id) || (zone !== null && zones.includes(zone)));
}
