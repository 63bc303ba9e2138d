/** What `gengfu receive` tells on standard error. */
import { quoteOutside } from '../../config/problem.js';
import { invalidWords } from '../../sync/receiver/index.js';
/** Damaged messages are told one by one up to this many; after that they are only counted. */
const invalidToldMax = 20;
export class ReceiveWords {
    lang;
    isJson;
    write;
    #invalidTold = 0;
    /** The same news of every try is told once. */
    #downTold = null;
    constructor(lang, isJson, write) {
        this.lang = lang;
        this.isJson = isJson;
        this.write = write;
    }
    onUp() {
        this.#downTold = null;
        this.#tell('up', {}, { zh: '已连接，开始接收', en: 'connected and subscribed' });
    }
    onDown(error) {
        if (this.#downTold === error.message)
            return;
        this.#downTold = error.message;
        this.#tell('down', { error: error.message }, { zh: `连接断开：${error.message}`, en: `not connected: ${error.message}` });
    }
    onStatus({ district, site }, status) {
        const { state, reason = null } = status;
        const why = reason === null ? '' : ` (${quoteOutside(reason)})`;
        const words = { zh: `${site} ${state === 'online' ? '在线' : '离线'}${why}`, en: `${site} is ${state}${why}` };
        this.#tell('status', { district, site, state, reason }, words);
    }
    onInvalid({ topic, why, total }) {
        this.#invalidTold += 1;
        if (this.#invalidTold > invalidToldMax)
            return;
        const { zh, en } = invalidWords[why];
        const where = quoteOutside(topic);
        const words = {
            zh: `第 ${total} 条无效消息，${where}：${zh}`,
            en: `message ${total} that is none, ${where}: ${en}`,
        };
        this.#tell('invalid', { topic: where, why, total }, words);
    }
    onGap({ district, site, epoch, lane }, { from, to }) {
        const where = `${district}/${site} ${epoch} ${lane}`;
        this.#tell('gap', { district, site, epoch, lane, from, to }, {
            zh: `缺号 ${where}：${from} 至 ${to} 之间至少缺一条；回执停在缺号之前，站点会再报；确知不会再来的，用 --accept-gaps 重启`,
            en: `gap in ${where}: at least one row of ${from} to ${to} has not come; receipts stop before it until the site tells it again; if it never will, start again with --accept-gaps`,
        });
    }
    onGapClosed({ district, site, epoch, lane }, { from, to }) {
        const where = `${district}/${site} ${epoch} ${lane}`;
        const words = { zh: `缺号已补齐 ${where}：${from} 至 ${to}`, en: `gap closed in ${where}: ${from} to ${to}` };
        this.#tell('gap.closed', { district, site, epoch, lane, from, to }, words);
    }
    onGapAccepted({ district, site, epoch, lane }, { from, to }) {
        const where = `${district}/${site} ${epoch} ${lane}`;
        const words = { zh: `缺号不再等待 ${where}：${from} 至 ${to}`, en: `gap given up in ${where}: ${from} to ${to}` };
        this.#tell('gap.accepted', { district, site, epoch, lane, from, to }, words);
    }
    onTrouble(error) {
        const text = error === null ? null : error instanceof Error ? error.message : String(error);
        const words = text === null
            ? { zh: '恢复正常', en: 'works again' }
            : { zh: `出错，稍后重试：${text}`, en: `failed, and is tried again: ${text}` };
        this.#tell('trouble', { error: text }, words);
    }
    progress(counts) {
        const { messages, handedOn, again, invalid, unread } = counts;
        const words = {
            zh: `收到 ${messages}，转交 ${handedOn}，重复 ${again}，无效 ${invalid}，未读监测数据 ${unread}`,
            en: `received ${messages}, handed on ${handedOn}, told again ${again}, invalid ${invalid}, measurements unread ${unread}`,
        };
        this.#tell('progress', { ...counts }, words);
    }
    #tell(kind, facts, words) {
        this.write(this.isJson ? JSON.stringify({ kind, ...facts }) : words[this.lang]);
    }
}
