import { errorDetail, hintOf } from './fault-hints.js';
/** What is wrong with the settings of a unit: where, want and got, and what happens otherwise. */
export function setupDetail(unit, outcome) {
    const where = { line: unit.line, unit: unit.address };
    switch (outcome.kind) {
        case 'sound':
            return {};
        case 'unanswered':
            return { ...where, ...errorDetail(outcome.error), reason: 'setup-unread', ...hintOf('setup-unread') };
        case 'wrong': {
            const { check, got } = outcome;
            const register = `${check.table} ${check.address}`;
            return {
                ...where,
                reason: 'setup-wrong',
                register,
                want: check.want,
                got,
                error_zh: `设置不对：${register} 应为 ${check.want}，实为 ${got}。${check.why.zh}`,
                error_en: `wrong setting: ${register} should be ${check.want}, is ${got}; ${check.why.en}`,
                ...hintOf('setup-wrong'),
            };
        }
    }
}
