/** Hands `gengfu config …` to the gateway, and tells how a trial goes until it is over. */
import { pause, SystemClock } from '../../drivers/clock.js';
import { ask, ownName, tellNobody } from './ask-gateway.js';
import { describeAnswer, describeDiff, describeEnd, describeProgress, describeStaging } from './config-words.js';
const lookMs = 1000;
/** The gateway checks in a thread, and waits for the disk. */
const answerMaxMs = 90_000;
/** The longest trial is 5 min; a line whose devices speak by themselves may have longer. */
const watchMaxMs = 30 * 60_000;
/** Prints; the exit status: 0 done, 1 refused or rolled back, 4 no gateway runs there. */
export async function orderConfig(what, dataDir, lang, json) {
    const told = { lang, json };
    try {
        switch (what.verb) {
            case 'stage':
                return await tellAnswer(dataDir, { ask: 'config-stage', file: what.file, user: ownName() }, what.verb, told);
            case 'status':
                print(await statusOf(dataDir), describeStaging, told);
                return 0;
            case 'diff':
                return await diff(dataDir, told);
            case 'apply':
            case 'rollback':
                return await apply(what, dataDir, told);
        }
    }
    catch (error) {
        return tellNobody(dataDir, error, lang);
    }
}
async function diff(dataDir, told) {
    const answer = await asked(dataDir, { ask: 'config-diff' });
    if ('ok' in answer) {
        print(answer, (each, lang) => describeAnswer('diff', each, lang), told);
        return answer.ok ? 0 : 1;
    }
    print(answer, describeDiff, told);
    return 0;
}
/** What is staged now is what the person means, and nothing that is staged meanwhile. */
async function apply(what, dataDir, told) {
    const { staged, running } = await statusOf(dataDir);
    const { isForced } = what;
    const request = what.verb === 'rollback'
        ? { ask: 'config-rollback', isForced, user: ownName() }
        : { ask: 'config-apply', sha256: staged?.sha256 ?? running.sha256, isForced, user: ownName() };
    const status = await tellAnswer(dataDir, request, what.verb, told);
    return status === 0 ? await watch(dataDir, told) : status;
}
/** Ctrl-C ends the telling only: the trial goes on. */
async function watch(dataDir, told) {
    const clock = new SystemClock();
    const endMono = clock.mono() + watchMaxMs;
    let said = '';
    while (clock.mono() < endMono) {
        await pause(clock, lookMs);
        const { trial, last } = await statusOf(dataDir);
        if (trial === null) {
            if (last === null)
                return 1;
            print(last, describeEnd, told);
            return last.outcome === 'confirmed' || last.isOrdered ? 0 : 1;
        }
        const now = describeProgress(trial, told.lang);
        // Standard output is for the outcome where machines read it.
        if (now !== said && !told.json)
            process.stdout.write(`${now}\n`);
        said = now;
    }
    return 1;
}
async function tellAnswer(dataDir, request, verb, told) {
    const answer = await asked(dataDir, request);
    print(answer, (each, lang) => describeAnswer(verb, each, lang), told);
    return answer.ok ? 0 : 1;
}
function statusOf(dataDir) {
    return asked(dataDir, { ask: 'config-status' });
}
async function asked(dataDir, request) {
    const answer = (await ask(dataDir, request, answerMaxMs));
    if ('error' in answer)
        throw new Error(String(answer.error));
    return answer;
}
function print(value, describe, { lang, json }) {
    process.stdout.write(`${json ? JSON.stringify(value) : describe(value, lang)}\n`);
}
