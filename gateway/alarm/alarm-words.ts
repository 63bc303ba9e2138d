import { classWords, type Words } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { Facets } from './facets.js';

const happened: Readonly<Record<string, Words>> = {
  'alarm.raised': { zh: '', en: '' },
  'alarm.returned': { zh: '已恢复正常', en: 'returned to normal' },
  'alarm.acknowledged': { zh: '已确认', en: 'acknowledged' },
  'alarm.silenced': { zh: '已消音', en: 'silenced' },
  'alarm.reset': { zh: '已复位', en: 'reset' },
};

/** Why a fault is there, as the person who must mend it wants to hear it. */
const reasons: Readonly<Record<string, Words>> = {
  silent: { zh: '无应答，请检查接线和供电', en: 'does not answer; check cable and power' },
  'line-silent': {
    zh: '整条线路无应答，请检查总线接线和供电',
    en: 'nobody on the line answers; check the bus cable and its supply',
  },
  'line-down': { zh: '线路打不开', en: 'the line can not be opened' },
  exception: { zh: '设备拒绝读取', en: 'the unit refuses to be read' },
  sentinel: { zh: '设备报告无有效值', en: 'the device reports that it has no value' },
  'unknown-state': { zh: '返回了未知状态', en: 'an unknown state was read' },
  'out-of-range': { zh: '数值超出合理范围', en: 'the value is out of range' },
  'pin-error': { zh: '引脚读不出', en: 'the pin can not be read' },
  'not-proven': { zh: '输出未能证实，请检查接线和模块', en: 'can not be proven; check its wiring and module' },
  'found-on': {
    zh: '启动时发现输出已打开，原因不明；消音或复位后关闭',
    en: 'was found on at start without a reason; silence or reset turns it off',
  },
};

/** The sentence of one alarm entry: class, where, what. */
export function wordsFor(
  kind: EntryDraft['kind'],
  facets: Pick<Facets, 'class' | 'name'>,
  detail: Readonly<Record<string, JsonValue>>,
): Words {
  const head = classWords[facets.class];
  const reason = typeof detail['reason'] === 'string' ? reasons[detail['reason']] : undefined;
  const told = typeof detail['error_zh'] === 'string' ? detail['error_zh'] : undefined;
  const toldEn = typeof detail['error_en'] === 'string' ? detail['error_en'] : undefined;
  const what = happened[kind] ?? { zh: '', en: '' };
  const lang = (name: 'zh' | 'en'): string => {
    const cause = kind === 'alarm.raised' ? ((name === 'zh' ? told : toldEn) ?? reason?.[name] ?? '') : what[name];
    return `${head[name]}${name === 'zh' ? '：' : ': '}${facets.name[name]}${cause === '' ? '' : name === 'zh' ? ` ${cause}` : `: ${cause}`}`;
  };
  return { zh: lang('zh'), en: lang('en') };
}
