/** `gengfu receive`: the reference receiver of a district as a program. */
import { readFile } from 'node:fs/promises';
import { SystemClock } from '../../drivers/clock.js';
import { OutFile, ReceiverError, readSenmlPack, receiverErrors, startReceiver, } from '../../sync/receiver/index.js';
import { ReceiveWords } from './receive-words.js';
const exitFailed = 1;
const exitInvalid = 2;
const exitSecond = 3;
const progressEveryMs = 60_000;
/** A signal ends us by then, whatever disk and reader do. */
const stopMaxMs = 5_000;
export async function receive(options) {
    const clock = new SystemClock();
    const words = new ReceiveWords(options.lang, options.json === true, (line) => void process.stderr.write(`${line}\n`));
    try {
        const login = await readLogin(options);
        const receiptKey = await readReceiptKey(options);
        const out = options.out === undefined ? null : new OutFile(options.out);
        const running = await startReceiver({
            ...{ login, clock, receiptKey, events: words },
            districts: options.district,
            sites: options.site ?? null,
            storePath: options.store,
            handOn: out === null ? printRows : (rows) => out.handOn(rows),
            parseTelemetry: readSenmlPack,
            joins: options.join === true,
            acceptsGaps: options.acceptGaps === true,
            ...(options.gapAfter === undefined ? {} : { gapAfterMs: options.gapAfter }),
        });
        tellProgress(running, words, clock);
        endOnSignal(running, words, clock);
    }
    catch (error) {
        refuse(error, options);
    }
}
function endOnSignal(running, words, clock) {
    const end = async (code) => {
        clock.after(stopMaxMs, () => process.exit(exitFailed));
        await running.stop();
        words.progress(running.counts);
        process.exit(code);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
        process.once(signal, () => void end(0));
    // Nobody reads any more: what was not read comes again with the next start.
    process.stdout.once('error', () => void end(exitFailed));
}
function tellProgress(running, words, clock, before = 0) {
    clock.after(progressEveryMs, () => {
        const { messages } = running.counts;
        if (messages !== before)
            words.progress(running.counts);
        tellProgress(running, words, clock, messages);
    });
}
/** At least once: a crash repeats the last lines, with the same numbers. */
function printRows(rows) {
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    return new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
}
async function readLogin(options) {
    checkUrl(options.url);
    const { url, mqttVersion: version, username = null, district, clientId } = options;
    const password = await readSecret(options.passwordFile);
    return {
        ...{ url, version, username, password },
        clientId: clientId ?? `gengfu-receive-${district.join('-')}`,
        ca: await readIfNamed(options.ca),
        cert: await readIfNamed(options.cert),
        key: await readIfNamed(options.key),
    };
}
/** The address itself is not repeated: somebody may have written a password into it. */
function checkUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !/^(?:mqtts?|wss?):$/.test(url.protocol)) {
        throw new Error('--url: 应为 mqtts://主机:8883 一类的地址 / expected an address like mqtts://host:8883');
    }
    if (url.username !== '' || url.password !== '') {
        throw new Error('--url: 不能含用户名和密码，用 --username 和 --password-file / no name and password in it: --username, --password-file');
    }
}
async function readReceiptKey({ keyFile, keyId }) {
    const seed = await readSecret(keyFile);
    if (seed === null && keyId === undefined)
        return null;
    if (seed === null || keyId === undefined)
        throw new Error('--key-file, --key-id: 两个都要 / both of them');
    if (Buffer.from(seed, 'base64').length !== 32)
        throw new Error(`${keyFile}: 不是 32 字节的 base64 / not 32 bytes in base64`);
    return { keyId, seed };
}
async function readSecret(file) {
    const bytes = await readIfNamed(file);
    // Editors end a file with a newline that is no part of the secret.
    return bytes === null
        ? null
        : Buffer.from(bytes)
            .toString('utf8')
            .replace(/\r?\n$/, '');
}
async function readIfNamed(file) {
    if (file === undefined)
        return null;
    try {
        return await readFile(file);
    }
    catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
        throw new Error(`${file}: 读不出 / can not be read (${code})`, { cause });
    }
}
function refuse(error, { lang, json, store }) {
    const code = error instanceof ReceiverError ? error.code : null;
    const told = error instanceof ReceiverError ? describeError(error, store, lang) : messageOf(error);
    const line = json === true ? JSON.stringify({ kind: 'refused', code, error: told }) : told;
    process.stderr.write(`${line}\n`);
    process.exitCode = code === 'RECEIVER-003' ? exitSecond : exitInvalid;
}
function describeError({ code, got }, store, lang) {
    return `${store}: ${receiverErrors[code][lang]}${got === null ? '' : ` (${got})`} [${code}]`;
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
