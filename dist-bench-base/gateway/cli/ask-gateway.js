/** Asks the gateway that runs on a site's data folder, over its control socket. */
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { SystemClock } from '../../drivers/clock.js';
import { controlPath } from '../command/control-socket.js';
const usualMaxMs = 5000;
/** The answer as it came. Rejects when nobody answers in time. */
export function ask(dataDir, request, answerMaxMs = usualMaxMs) {
    return new Promise((resolve, reject) => {
        const socket = createConnection(controlPath(dataDir));
        let text = '';
        socket.setEncoding('utf8');
        const giveUp = new SystemClock().after(answerMaxMs, () => socket.destroy(new Error('no answer')));
        socket.on('close', giveUp);
        socket.on('error', reject);
        socket.on('data', (chunk) => {
            text += chunk;
        });
        socket.on('end', () => {
            try {
                resolve(JSON.parse(text));
            }
            catch (error) {
                reject(error instanceof Error ? error : new Error(String(error)));
            }
        });
        socket.write(`${JSON.stringify(request)}\n`);
    });
}
/** Says that no gateway answers there; the exit status for it. */
export function tellNobody(dataDir, error, lang) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(lang === 'zh'
        ? `数据目录 ${dataDir} 上没有运行中的网关（${why}）。启动：systemctl start gengfu，或 gengfu run --config <站点文件>\n`
        : `no gateway runs on the data folder ${dataDir} (${why}). Start it: systemctl start gengfu, or gengfu run --config <site file>\n`);
    return 4;
}
/** The name that the journal shows: what it can not carry is replaced, and a user without a name has his number. */
export function ownName() {
    try {
        return (userInfo()
            .username.replace(/[^\w.-]/g, '_')
            .slice(0, 32) || `uid-${process.getuid?.()}`);
    }
    catch {
        return `uid-${process.getuid?.()}`;
    }
}
