/** The first step of a start: what carries outputs is opened, and what is on is found, before anything is read. */
import { pause } from '../drivers/clock.js';
/** Lines and pins that did not open by then are a fault; the start goes on. */
const firstOpenMaxMs = 1000;
/** What is to be journaled about outputs that were found on. */
export function openHardware(parts) {
    const opening = openAndLook(parts);
    if (parts.maxMs === null)
        return opening;
    return Promise.race([opening, pause(parts.clock, parts.maxMs).then(() => [])]);
}
async function openAndLook({ clock, lines, pins, annunciator, linesTold }) {
    lines.startModbus();
    const deadlineMono = clock.mono() + firstOpenMaxMs;
    await Promise.race([pins.take(), pause(clock, firstOpenMaxMs)]);
    while (linesTold() < lines.modbus.size && clock.mono() < deadlineMono)
        await pause(clock, 5);
    return annunciator.look();
}
