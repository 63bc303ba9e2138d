/** What `gengfu receive` tells on standard error. */
import { quoteOutside } from '../../config/problem.js';
import type { Words } from '../../config/vocabulary.js';
import type { ReceiverEvents, SiteName, StoredChain } from '../../sync/receiver/index.js';
import { invalidWords, type ReceiverCounts } from '../../sync/receiver/index.js';
import { UplinkError } from '../../sync/uplink.js';
import { uplinkErrorWords } from '../../sync/uplink-words.js';
import type { Lang } from './teller.js';

/** Damaged messages are told one by one up to this many; after that they are only counted. */
const invalidToldMax = 20;

function downWords(error: Error): Words {
  const zh = error instanceof UplinkError ? `${uplinkErrorWords(error).zh} [${error.code}]` : error.message;
  return { zh: `连接断开：${zh}`, en: `not connected: ${error.message}` };
}

export class ReceiveWords implements ReceiverEvents {
  #invalidTold = 0;
  /** The same news of every try is told once. */
  #downTold: string | null = null;

  constructor(
    private readonly lang: Lang,
    private readonly isJson: boolean,
    private readonly write: (line: string) => void,
  ) {}

  onUp(): void {
    this.#downTold = null;
    this.#tell('up', {}, { zh: '已连接，开始接收', en: 'connected and subscribed' });
  }

  onDown(error: Error): void {
    if (this.#downTold === error.message) return;
    this.#downTold = error.message;
    this.#tell('down', { error: error.message }, downWords(error));
  }

  onStatus(
    { district, site }: SiteName,
    status: { readonly state: string; readonly reason?: string | undefined },
  ): void {
    const { state, reason = null } = status;
    const why = reason === null ? '' : ` (${quoteOutside(reason)})`;
    const words = { zh: `${site} ${state === 'online' ? '在线' : '离线'}${why}`, en: `${site} is ${state}${why}` };
    this.#tell('status', { district, site, state, reason }, words);
  }

  onInvalid({ topic, why, total }: Parameters<NonNullable<ReceiverEvents['onInvalid']>>[0]): void {
    this.#invalidTold += 1;
    if (this.#invalidTold > invalidToldMax) return;
    const { zh, en } = invalidWords[why];
    const where = quoteOutside(topic);
    const words = {
      zh: `第 ${total} 条无效消息，${where}：${zh}`,
      en: `message ${total} that is none, ${where}: ${en}`,
    };
    this.#tell('invalid', { topic: where, why, total }, words);
  }

  onGap({ district, site, epoch, lane }: StoredChain, { from, to }: { from: number; to: number }): void {
    const where = `${district}/${site} ${epoch} ${lane}`;
    this.#tell(
      'gap',
      { district, site, epoch, lane, from, to },
      {
        zh: `缺号 ${where}：${from} 至 ${to} 之间至少缺一条；回执停在缺号之前，站点会再报；确知不会再来的，用 --accept-gaps 重启`,
        en: `gap in ${where}: at least one row of ${from} to ${to} has not come; receipts stop before it until the site tells it again; if it never will, start again with --accept-gaps`,
      },
    );
  }

  onGapClosed({ district, site, epoch, lane }: StoredChain, { from, to }: { from: number; to: number }): void {
    const where = `${district}/${site} ${epoch} ${lane}`;
    const words = { zh: `缺号已补齐 ${where}：${from} 至 ${to}`, en: `gap closed in ${where}: ${from} to ${to}` };
    this.#tell('gap.closed', { district, site, epoch, lane, from, to }, words);
  }

  onGapAccepted({ district, site, epoch, lane }: StoredChain, { from, to }: { from: number; to: number }): void {
    const where = `${district}/${site} ${epoch} ${lane}`;
    const words = { zh: `缺号不再等待 ${where}：${from} 至 ${to}`, en: `gap given up in ${where}: ${from} to ${to}` };
    this.#tell('gap.accepted', { district, site, epoch, lane, from, to }, words);
  }

  onTrouble(error: unknown): void {
    const text = error === null ? null : error instanceof Error ? error.message : String(error);
    const words =
      text === null
        ? { zh: '恢复正常', en: 'works again' }
        : { zh: `出错，稍后重试：${text}`, en: `failed, and is tried again: ${text}` };
    this.#tell('trouble', { error: text }, words);
  }

  progress(counts: Readonly<ReceiverCounts>): void {
    const { messages, handedOn, again, invalid, unread } = counts;
    const words = {
      zh: `收到 ${messages}，转交 ${handedOn}，重复 ${again}，无效 ${invalid}，未读监测数据 ${unread}`,
      en: `received ${messages}, handed on ${handedOn}, told again ${again}, invalid ${invalid}, measurements unread ${unread}`,
    };
    this.#tell('progress', { ...counts }, words);
  }

  #tell(kind: string, facts: Readonly<Record<string, unknown>>, words: Words): void {
    this.write(this.isJson ? JSON.stringify({ kind, ...facts }) : words[this.lang]);
  }
}
