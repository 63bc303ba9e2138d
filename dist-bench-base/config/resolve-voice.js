/** What speaks, as the upper floors see it: loudspeakers, messages, the daily programme. Times in ms. */
import assert from 'node:assert/strict';
import { brandId } from './ids.js';
import { beside } from './resolve-path.js';
import { nameOf } from './resolve-words.js';
import { weekdays, } from './voice-schema.js';
const usualBaud = 9600;
const usualTrackMaxS = 60;
export function resolveSay({ message, on }) {
    return { message: brandId(message), speakers: speakersOf(on) };
}
/** Each once, in the order in which they are written. */
export function speakersOf(on) {
    return [...new Set(on)].map((id) => brandId(id));
}
export function resolveSpeaker(speaker) {
    const { id, name, zone, amplifier, warm_up_ms, volume, loud_volume, volumes } = speaker;
    return {
        id: brandId(id),
        name: nameOf(id, name),
        zone: zone === undefined ? null : brandId(zone),
        player: playerOf(speaker),
        amplifier: amplifier === undefined ? null : brandId(amplifier),
        warmUpMs: warm_up_ms,
        volume,
        loudVolume: loud_volume,
        volumes: volumes.map((window) => ({ ...windowOf(window), volume: window.volume })),
    };
}
function playerOf({ id, player }) {
    const { kind, path, baud, longest_track_s, device } = player;
    switch (kind) {
        case 'line':
            return { kind };
        case 'aplay':
            return { kind, device: device ?? null };
        default:
            assert(path !== undefined, `player of ${id} was checked`);
            return {
                kind: 'chip',
                chip: kind,
                path,
                baud: baud ?? usualBaud,
                trackMaxMs: (longest_track_s ?? usualTrackMaxS) * 1000,
            };
    }
}
/** `file` is the site file. */
export function resolveMessage(site, { id, name, text, file, track }) {
    return {
        id: brandId(id),
        name: nameOf(id, name),
        text: text ?? null,
        file: file === undefined ? null : beside(site, file),
        track: track ?? null,
    };
}
export function resolveProgramme({ id, message, on, at, days, times }) {
    const every = weekdays.map(weekdayOf);
    return {
        id: brandId(id),
        say: resolveSay({ message, on }),
        at,
        days: days === 'every_day' ? every : every.filter((_, index) => days.some((day) => weekdays[index] === day)),
        times,
    };
}
/** 0 for sunday, as `Weekday` counts. */
export function weekdayOf(day) {
    const days = { sunday: 0, monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5, saturday: 6 };
    return days[day];
}
export function windowOf({ from, to }) {
    return { fromMin: minuteOfDay(from), toMin: minuteOfDay(to) };
}
/** `HH:MM` → minutes since midnight. */
export function minuteOfDay(at) {
    const [hours = '', minutes = ''] = at.split(':');
    return Number(hours) * 60 + Number(minutes);
}
