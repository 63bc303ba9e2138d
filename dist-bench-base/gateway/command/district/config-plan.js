import { done, refusedPlan } from './outcome.js';
export function configPlan(what, origin, config) {
    if (config === null)
        return refusedPlan('not-here');
    return { run: () => obey(what, origin, config) };
}
async function obey(what, origin, config) {
    switch (what.order) {
        case 'config_fetch':
            return done({ zh: '站点文件', en: 'the site file' }, { ...config.fetch(what.part) });
        case 'config_stage':
            return outcomeOf(await config.stage(what, origin), { zh: '已收到站点文件', en: 'the site file is here' });
        case 'config_apply':
            return outcomeOf(await config.apply(what.sha256, origin), {
                zh: '站点文件已启用',
                en: 'the site file is applied',
            });
        case 'config_rollback':
            return outcomeOf(await config.rollback(origin), { zh: '已退回原站点文件', en: 'the site file is rolled back' });
        default: {
            const impossible = what;
            throw new Error(`impossible order ${String(impossible)}`);
        }
    }
}
function outcomeOf(answer, words) {
    return answer.ok ? done(words, answer.detail) : { state: 'failed', reason: answer.reason, words: answer.words };
}
