const timeKeys = new Set(['at', 'from', 'to', 'daily_report_at']);
const hoursMax = 23;
const minutesMax = 59;
const halfDay = 12;
/** `8:30`, `8点半`, `8:30 pm`, `0830` → `"08:30"`; null: it is no such time. */
export function timeHint(key, got) {
    if (!timeKeys.has(key) || (typeof got !== 'string' && typeof got !== 'number'))
        return null;
    const time = timeIn(String(got).trim().toLowerCase());
    return time === null ? null : { zh: `写 "${time}"`, en: `write "${time}"` };
}
function timeIn(text) {
    if (/^24[:：]00$/.test(text))
        return '00:00';
    const digits = /^(\d{1,2})(\d{2})$/.exec(text);
    const parts = /^(\d{1,2})\s*[:：.点时h]\s*(\d{1,2}|半|整)?\s*分?\s*(?::\d{2})?\s*(am|pm)?$/u.exec(text);
    const [, hourText, minuteText = '0', half] = digits ?? parts ?? /^(\d{1,2})()\s*(am|pm)?$/.exec(text) ?? [];
    if (hourText === undefined)
        return null;
    const written = Number(hourText);
    const hour = half === 'pm' && written < halfDay ? written + halfDay : half === 'am' && written === halfDay ? 0 : written;
    const minute = minuteText === '半' ? 30 : minuteText === '整' ? 0 : Number(minuteText);
    if (hour > hoursMax || minute > minutesMax)
        return null;
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
/** The sign behind 周, 星期 or 礼拜. */
const chineseDays = {
    一: 'monday',
    二: 'tuesday',
    三: 'wednesday',
    四: 'thursday',
    五: 'friday',
    六: 'saturday',
    日: 'sunday',
    天: 'sunday',
};
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const abbreviationMinChars = 2;
/** `周一`, `mon` → `monday`, where days of the week belong; null: it is no day. */
export function dayHint(got, { values }) {
    if (typeof got !== 'string')
        return null;
    const text = got.trim().toLowerCase();
    if (values.includes('every_day')) {
        if (/^(?:每天|每日|天天|daily|every ?day|all)$/.test(text))
            return write('every_day');
        const day = dayIn(text);
        return day === null ? null : write(`[${day}]`);
    }
    const day = values.includes('monday') ? dayIn(text) : null;
    return day === null ? null : write(day);
}
function dayIn(text) {
    const [, sign = ''] = /^(?:周|星期|礼拜)?([一二三四五六日天])$/u.exec(text) ?? [];
    const plain = text.replace(/\.$/, '');
    const english = plain.length < abbreviationMinChars ? undefined : weekdays.find((day) => day.startsWith(plain));
    return chineseDays[sign] ?? english ?? null;
}
function write(text) {
    return { zh: `写 ${text}`, en: `write ${text}` };
}
