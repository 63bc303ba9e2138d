/** What the panel is answered in words, beside what the desks say. */
import type { Words } from '../../../config/vocabulary.js';
import type { AlarmOrder } from '../api/orders.js';

export const refusalWords = {
  busy: { zh: '操作太多，请稍等再试', en: 'too many orders at once; wait a moment and try again' },
  late: {
    zh: '操作等候太久，没有执行；先看现状再决定',
    en: 'the order had to wait too long and was not carried out; look at the state first',
  },
  malformed: { zh: '页面与网关版本不一致，请刷新页面', en: 'the page does not fit this gateway; reload the page' },
  failed: {
    zh: '网关未能执行，已记入日志；请再试一次',
    en: 'the gateway could not do it; its log says why; try again',
  },
} as const satisfies Record<string, Words>;

const did: Readonly<Record<AlarmOrder['ask'], Words>> = {
  acknowledge: { zh: '已确认', en: 'acknowledged' },
  silence: { zh: '已消音', en: 'silenced' },
  reset: { zh: '已复位', en: 'reset' },
  shelved: { zh: '已搁置', en: 'shelved' },
  'out-of-service': { zh: '已屏蔽', en: 'taken out of service' },
  'in-service': { zh: '已恢复守望', en: 'put back into service' },
};

const nothing: Readonly<Record<AlarmOrder['ask'], Words>> = {
  acknowledge: { zh: '没有待确认的报警', en: 'nothing waits for an acknowledgement' },
  silence: { zh: '没有在响的报警', en: 'no alarm sounds' },
  reset: { zh: '没有可复位的项', en: 'there is nothing to reset' },
  shelved: { zh: '没有变化', en: 'nothing has changed' },
  'out-of-service': { zh: '没有变化', en: 'nothing has changed' },
  'in-service': { zh: '没有变化', en: 'nothing has changed' },
};

/** `still`: what a reset had to leave. `pending`: units that were sent a reset of their own. */
export function doneWords(ask: AlarmOrder['ask'], done: number, still: number, pending: readonly string[]): Words {
  const parts: Words[] = [];
  if (done > 0) parts.push({ zh: `${did[ask].zh} ${done} 项`, en: `${did[ask].en}: ${done}` });
  if (still > 0) parts.push({ zh: `${still} 项仍在报警，不能复位`, en: `${still} still in alarm, not reset` });
  if (pending.length > 0) {
    const names = pending.join(', ');
    parts.push({
      zh: `已向设备发送复位：${names}，几秒内见结果`,
      en: `sent a reset to ${names}; the result comes in seconds`,
    });
  }
  if (parts.length === 0) return nothing[ask];
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') };
}
