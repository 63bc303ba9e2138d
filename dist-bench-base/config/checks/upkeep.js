import { localDayOf, midnightOf } from '../local-day.js';
/** Nothing that still hangs on a wall is older; and no device is put up so far ahead. */
const firstYear = 1990;
const lastYear = 2099;
const aheadMaxMs = 3653 * 24 * 3_600_000;
/** This program is younger than that: a clock that says less has never been set, and must refuse nothing. */
const believableWall = 1_767_225_600_000;
const noDay = { zh: 'installed：从哪天算起', en: 'installed: the day from which it counts' };
const noInterval = { zh: 'calibrate_months：多久校准一次', en: 'calibrate_months: how often that is' };
const notBefore = { zh: 'installed 当天或之后', en: 'the day of installed, or later' };
/** The days on which a device was put up and calibrated are some, and upkeep counts from one. */
export const checkUpkeep = function* ({ draft, profiles, todayWall = 0 }) {
    for (const { index, value } of draft.devices) {
        const { id, installed, upkeep } = value;
        const path = ['devices', index];
        const where = `device ${id}`;
        if (installed === undefined && upkeep !== undefined) {
            yield { code: 'CONF-012', path: [...path, 'upkeep'], where, expected: noDay, got: 'upkeep' };
        }
        const months = upkeep?.calibrate_months ?? profiles.get(value.profile)?.lifetime?.calibrate_months;
        if (upkeep?.calibrated !== undefined && months === undefined && profiles.has(value.profile)) {
            const at = [...path, 'upkeep', 'calibrated'];
            yield { code: 'CONF-012', path: at, where, expected: noInterval, got: 'calibrated' };
        }
        if (upkeep?.calibrated !== undefined && installed !== undefined && upkeep.calibrated < installed) {
            const at = [...path, 'upkeep', 'calibrated'];
            yield { code: 'CONF-084', path: at, where, expected: notBefore, got: upkeep.calibrated };
        }
        const days = [
            [[...path, 'installed'], installed],
            [[...path, 'upkeep', 'calibrated'], upkeep?.calibrated],
        ];
        for (const [at, got] of days) {
            const expected = got === undefined ? null : dayInstead(got, todayWall);
            if (got !== undefined && expected !== null)
                yield { code: 'CONF-084', path: at, where, expected, got };
        }
    }
};
/** What should stand there, or null where the day can be. */
function dayInstead(written, todayWall) {
    const day = localDayOf(written);
    if (day === null || day.year < firstYear || day.year > lastYear) {
        return { zh: `${firstYear} 年起的一天`, en: `a day from ${firstYear} on` };
    }
    const isFar = todayWall >= believableWall && midnightOf(day) > todayWall + aheadMaxMs;
    return isFar ? { zh: '十年以内的一天', en: 'a day of the next ten years at most' } : null;
}
