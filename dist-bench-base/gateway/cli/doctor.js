import { SystemClock } from '../../drivers/clock.js';
import { ask } from './ask-gateway.js';
import { lookAtFiles } from './doctor-files.js';
import { doctorLines } from './doctor-lines.js';
const verdictWords = {
    good: { zh: '好', en: 'good' },
    mind: { zh: '注意', en: 'mind' },
    bad: { zh: '坏', en: 'bad' },
};
/** Prints; the exit status: 0 when nothing is bad, else 1. */
export async function doctor(config, lang, json) {
    const facts = await askFacts(config.dataDir);
    const lines = doctorLines(config, facts, lookAtFiles(config), new SystemClock().wall());
    const isBad = lines.some(({ verdict }) => verdict === 'bad');
    const text = json ? JSON.stringify({ ok: !isBad, lines, facts }) : describeDoctor(lines, lang);
    process.stdout.write(`${text}\n`);
    return isBad ? 1 : 0;
}
async function askFacts(dataDir) {
    try {
        const answer = (await ask(dataDir, { ask: 'doctor' }));
        return 'doctor' in answer ? answer : null;
    }
    catch {
        return null;
    }
}
export function describeDoctor(lines, lang) {
    return lines.map((line) => describeLine(line, lang)).join('\n');
}
function describeLine({ what, figure, budget, verdict, next }, lang) {
    const zh = lang === 'zh';
    const most = budget === null ? '' : zh ? `（预算 ${budget.zh}）` : ` (budget ${budget.en})`;
    const head = `[${verdictWords[verdict][lang]}] ${what[lang]}${zh ? '：' : ': '}${figure[lang]}${most}`;
    return next === null ? head : `${head}\n  ${zh ? '处理：' : 'next: '}${next[lang]}`;
}
