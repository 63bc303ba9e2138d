/** `gengfu command send`: hands envelopes to a broker, one after the other, and tells how each ended. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SystemClock } from '../../drivers/clock.js';
import { commandSchema } from '../../sync/messages/command.js';
import { parseEnvelope } from '../../sync/signed-envelope.js';
import { sendDistrictCommand } from '../main.js';
const waitDefaultMs = 30_000;
const exitNotDone = 1;
const exitNoAnswer = 5;
/** The exit status: 0 all done, 1 one was not, 5 nothing was heard of the end of one; it stops there. Rejects when it can not be sent. */
export async function sendAll(file, options) {
    const read = (path) => (path === undefined ? null : readFile(path));
    const [ca, cert, key] = await Promise.all([read(options.ca), read(options.cert), read(options.key)]);
    const password = options.passwordFile === undefined ? null : (await readFile(options.passwordFile, 'utf8')).trim();
    const access = { ca, cert, key, password, username: options.username ?? null };
    for (const line of (await readFile(file, 'utf8')).split('\n').filter((each) => each.trim() !== '')) {
        const envelope = Buffer.from(line);
        const { id, district, site } = commandIn(envelope);
        const result = await sendDistrictCommand({
            ...{ ...access, url: options.url, version: options.mqttVersion, clock: new SystemClock() },
            clientId: `gengfu-command-${randomBytes(6).toString('hex')}`,
            ...{ district, site, envelope, command: id, waitMs: options.wait ?? waitDefaultMs },
            onProgress: (progress) => tell(progress, id, options),
        });
        if (result === null) {
            process.stderr.write(options.lang === 'zh' ? `${id}：限时内没有结果\n` : `${id}: nothing was heard of its end\n`);
            return exitNoAnswer;
        }
        if (result.state !== 'done')
            return exitNotDone;
    }
    return 0;
}
/** Whom it is for, and its name; what else stands in it is for the village to judge. */
function commandIn(bytes) {
    const envelope = parseEnvelope(bytes);
    if (envelope === null)
        throw new Error('expected envelopes as gengfu command make prints them, one in a line');
    return commandSchema.parse(JSON.parse(envelope.payload));
}
function tell(progress, id, { lang, json }) {
    if (json === true) {
        process.stdout.write(`${JSON.stringify({ command: id, ...progress })}\n`);
        return;
    }
    if (progress.is !== 'answered') {
        process.stderr.write(`${id}: ${progressWords[progress.is][lang]}\n`);
        return;
    }
    const { result, isOurs } = progress;
    const perhaps = lang === 'zh' ? '（可能是本指令）' : ' (perhaps this one)';
    process.stdout.write(`${id}: ${describeResult(result, lang)}${isOurs ? '' : perhaps}\n`);
}
const progressWords = {
    connected: { zh: '已连上平台', en: 'connected' },
    carried: { zh: '平台已收下，等网关答复', en: 'the broker has it; waiting for the gateway' },
};
const stateWords = {
    accepted: { zh: '已接受', en: 'accepted' },
    refused: { zh: '被拒绝', en: 'refused' },
    done: { zh: '已执行', en: 'done' },
    failed: { zh: '未能执行', en: 'failed' },
    expired: { zh: '已过期', en: 'expired' },
    unknown: { zh: '结果不明', en: 'unknown' },
};
export function describeResult({ state, reason, words, detail }, lang) {
    const head = stateWords[state][lang];
    const why = words === null ? '' : `${lang === 'zh' ? '：' : ': '}${words[lang]}`;
    const code = reason === null ? '' : ` [${reason}]`;
    const more = Object.keys(detail).length === 0 ? '' : `\n${JSON.stringify(detail)}`;
    return `${head}${why}${code}${more}`;
}
