import { emptyWindow, isWithin } from './windows.js';
/** Quiet hours are a part of the day, and no announcement begins in them: it would never be heard. */
export const checkProgramme = function* ({ draft }) {
    const quiet = draft.quietHours;
    if (quiet === null)
        return;
    yield* emptyWindow(quiet, ['quiet_hours'], 'quiet_hours');
    for (const { index, value } of draft.programme) {
        if (!isWithin(value.at, quiet))
            continue;
        const expected = {
            zh: `${quiet.from} 到 ${quiet.to} 以外的时间`,
            en: `a time outside of ${quiet.from} to ${quiet.to}`,
        };
        yield {
            code: 'CONF-080',
            path: ['programme', index, 'at'],
            where: `programme ${value.id}`,
            expected,
            got: value.at,
        };
    }
};
