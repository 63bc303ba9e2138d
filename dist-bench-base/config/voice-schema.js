/** The part of the site file about what speaks: loudspeakers, messages, the daily programme. */
import { z } from 'zod';
import { wanted } from './schema-messages.js';
import { about, clockTime, devicePath, filePath, idText, textMaxChars, words } from './schema-words.js';
/** One message on some loudspeakers. */
export const saySchema = z.strictObject({
    message: idText.meta(about('语音', 'what is said')),
    on: z.array(idText).min(1).max(16).meta(about('喇叭', 'loudspeakers that say it')),
});
export const someSays = z.array(saySchema).min(1).max(8);
/** What can play on a loudspeaker. */
const playerKinds = ['syn6288', 'xfs5152', 'dfplayer', 'dy', 'aplay', 'line'];
const playerSchema = z.strictObject({
    kind: z
        .enum(playerKinds)
        .meta(about('种类', 'syn6288, xfs5152: chips that speak a text; dfplayer, dy: chips that play tracks of a card; aplay: the sound card of the box, ' +
        'WAV files; line: nothing plays, the amplifier passes on a microphone while it is keyed')),
    path: devicePath.optional().meta(about('串口', 'the serial device of a chip (chips only, required)')),
    baud: z
        .literal([4800, 9600, 19200, 38400, 57600, 115200])
        .optional()
        .meta(about('波特率', 'speed of a chip (chips only); 9600 when left out', 'bit/s')),
    longest_track_s: z
        .number()
        .int()
        .min(1)
        .max(600)
        .optional()
        .meta(about('最长曲目', 'no track of the card is longer (dfplayer and dy only); 60 when left out', 's')),
    device: z
        .string()
        .max(80)
        .regex(/^[A-Za-z0-9_:,=.-]+$/, wanted.soundCard.en)
        .optional()
        .meta(about('声卡', "name of the sound card (aplay only), such as plughw:1,0; the system's own when left out")),
});
const percent = z.number().int().min(0).max(100);
/** Less can not be heard beside a siren that has just fallen silent. */
const loudPercent = z.number().int().min(10).max(100);
export const speakerSchema = z.strictObject({
    id: idText.meta(about('编号', 'id of the loudspeaker')),
    name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
    zone: idText.optional().meta(about('防区', 'the zone where it is heard; everywhere when left out')),
    player: playerSchema.meta(about('播放器', 'what plays on it')),
    amplifier: idText
        .optional()
        .meta(about('功放', 'the output of kind amplifier that switches it on; always on when left out')),
    warm_up_ms: z
        .number()
        .int()
        .min(0)
        .max(10_000)
        .default(500)
        .meta(about('预热', 'from switching the amplifier on to the first word', 'ms')),
    volume: percent.default(70).meta(about('音量', 'of everything but fire, drill and evacuation', '%')),
    loud_volume: loudPercent.default(100).meta(about('警报音量', 'of fire, drill and evacuation', '%')),
    volumes: z
        .array(z.strictObject({
        from: clockTime.meta(about('从', 'local time at which it begins')),
        to: clockTime.meta(about('到', 'local time at which it ends; over midnight where it is earlier')),
        volume: percent.meta(about('音量', 'instead of volume', '%')),
    }))
        .max(8)
        .default([])
        .meta(about('分时音量', 'other volumes by time of the day; the first that fits counts')),
});
export const messageSchema = z.strictObject({
    id: idText.meta(about('编号', 'id of the message')),
    name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
    text: z
        .string()
        .trim()
        .min(1)
        .max(textMaxChars)
        .optional()
        .meta(about('文字', 'for players that speak; {{place}} {{zone}} {{name}} {{site}} {{class}} {{time}} {{minutes}} are filled in. At least one of ' +
        'text, file and track')),
    file: filePath
        .regex(/\.wav$/i, wanted.wav.en)
        .optional()
        .meta(about('文件', 'a WAV file for aplay; relative to the site file')),
    track: z
        .number()
        .int()
        .min(1)
        .max(9999)
        .optional()
        .meta(about('曲目', 'number on the card, for dfplayer and dy', 'number')),
});
/** In the order of `Weekday`. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
export const programmeSchema = z.strictObject({
    id: idText.meta(about('编号', 'id of the announcement')),
    message: idText.meta(about('语音', 'what is said')),
    on: z.array(idText).min(1).max(16).meta(about('喇叭', 'loudspeakers that say it')),
    at: clockTime.meta(about('时间', 'local time')),
    days: z
        .union([z.array(z.enum(weekdays)).min(1).max(7), z.literal('every_day')])
        .default('every_day')
        .meta(about('日子', 'days of the week, or every_day')),
    times: z
        .number()
        .int()
        .min(1)
        .max(5)
        .default(1)
        .meta(about('遍数', 'how often it is said', 'number')),
});
export const quietHoursSchema = z.strictObject({
    from: clockTime.meta(about('从', 'local time at which it begins')),
    to: clockTime.meta(about('到', 'local time at which it ends; over midnight where it is earlier')),
});
