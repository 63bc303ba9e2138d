import { pause } from '../../drivers/clock.js';
import { handedOverDraft } from '../gateway-entries.js';
import { outputHandle } from '../output-handles.js';
/** What loudspeakers and outputs that the next site file does not have may cost of the watch, each. */
const letGoMaxMs = 400;
/** A disk that stalls longer keeps what it then has. */
const drainMaxMs = 60_000;
/** Only the centres are let go of before the watch ends: saying goodbye to them may take seconds. */
export async function handOver(parts) {
    const { clock, journal, keeper, sounds, lines, pins, uplinks, gone, endWatch } = parts;
    await uplinks.stop();
    endWatch();
    await Promise.race([sounds.stop(true), pause(clock, letGoMaxMs)]);
    const off = gone.map((output) => switchOff(output, pins.board, lines));
    if (off.length > 0)
        await Promise.race([Promise.allSettled(off), pause(clock, letGoMaxMs)]);
    keeper.stop();
    const last = keeper.record([handedOverDraft()]);
    const isDrained = journal.untilDurable(last, drainMaxMs).then(() => journal.stop());
    await lines.stop();
    pins.close();
    return { isDrained };
}
async function switchOff(output, board, lines) {
    await outputHandle(output, board, lines).command(false);
}
export function vitalsOf(config, scan, lines, uplinks) {
    const answering = config.lines.filter(({ id }) => scan?.lines.get(id)?.answers ?? lines.hasAnswered(id));
    return { lines: new Set(answering.map(({ id }) => id)), uplinks: uplinks.connected };
}
