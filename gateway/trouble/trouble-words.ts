/** Why no gateway runs, in words: from how systemd says that it ended. */
import type { Words } from '../../config/vocabulary.js';
import type { ServiceEnd } from '../health/restart-cause.js';

export type TroubleReason = 'bad-site-file' | 'second-gateway' | 'gave-up' | 'crashed' | 'hung' | 'memory' | 'unknown';

/** `last`: how the start just now ended. A gateway that gave up says so by its status. */
export function reasonOf(last: ServiceEnd | null): TroubleReason {
  if (last === null) return 'unknown';
  if (last.result === 'watchdog') return 'hung';
  if (last.result === 'oom-kill') return 'memory';
  if (last.code !== 'exited') return 'crashed';
  const byStatus: Readonly<Record<string, TroubleReason>> = { 2: 'bad-site-file', 3: 'second-gateway', 4: 'gave-up' };
  return byStatus[last.status] ?? 'crashed';
}

export const troubleWords: Readonly<Record<TroubleReason, Words>> = {
  'bad-site-file': {
    zh: '站点文件有误，网关不能启动；用 gengfu check 查看，改好保存后会立即再试',
    en: 'the site file is not fit: see gengfu check; it is tried again as soon as the file changes',
  },
  'second-gateway': {
    zh: '已有另一个网关在使用数据目录；本机指示灯由那个网关控制',
    en: 'another gateway uses the data folder; it has the lamps of this box',
  },
  'gave-up': { zh: '网关连续六次退出', en: 'the gateway ended six times in a row' },
  crashed: { zh: '网关出错退出', en: 'the gateway ended by an error' },
  hung: { zh: '网关停止响应', en: 'the gateway hung' },
  memory: { zh: '网关内存不足', en: 'the gateway ran out of memory' },
  unknown: { zh: '网关没有运行，原因不明', en: 'no gateway runs, and nobody knows why' },
};

/** The whole line for the log. `before`: how it had ended before it gave up. */
export function troubleLine(reason: TroubleReason, before: ServiceEnd | null, pauseMs: number): Words {
  const { zh, en } = troubleWords[reason];
  const end = before === null ? '' : ` (${[before.result, before.code, before.status].join(' ')})`;
  const s = Math.round(pauseMs / 1000);
  return {
    zh: `没有守望：${zh}${end}。${s} 秒后再试。`,
    en: `nobody watches: ${en}${end}. tried again in ${s} s.`,
  };
}
