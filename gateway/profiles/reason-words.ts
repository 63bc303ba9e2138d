/** Why a value is none, short enough for a column. */
import type { BadReason } from '../../config/reading.js';
import type { Words } from '../../config/vocabulary.js';

export const badReasonWords: Readonly<Record<BadReason, Words>> = {
  silent: { zh: '无应答', en: 'no answer' },
  'line-down': { zh: '线路打不开', en: 'line not open' },
  exception: { zh: '被拒绝', en: 'refused' },
  sentinel: { zh: '设备报告无有效值', en: 'the device says it has no value' },
  'unknown-state': { zh: '未命名的状态', en: 'a state without a name' },
  'out-of-range': { zh: '超出合理范围', en: 'out of range' },
  'bad-encoding': { zh: '编码无效', en: 'not encoded so' },
  'signal-low': { zh: '信号过低（断线？）', en: 'signal too low (broken wire?)' },
  'signal-high': { zh: '信号过高（短路？）', en: 'signal too high (short circuit?)' },
  step: { zh: '跳变过大', en: 'jumped too far' },
  'not-valid': { zh: '设备声明此值无效', en: 'the device says it does not count' },
  'not-ready': { zh: '尚未就绪', en: 'not ready' },
  'wrong-unit': { zh: '计量单位不符', en: 'another unit of measure' },
  'wrong-scale': { zh: '量程与铭牌不符', en: 'range and label disagree' },
  pair: { zh: '与另一触点矛盾', en: 'contradicts another contact' },
  'pin-error': { zh: '引脚读不出', en: 'the pin can not be read' },
};
