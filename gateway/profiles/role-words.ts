/** Roles by the words that people use for them. Pure. */
import { classOfRole, type PointRole, type Words } from '../../config/vocabulary.js';

/** What an installer is offered, the commonest first. Roles of the gateway itself, keys and rows of inputs are not among them. */
export const offeredRoles: readonly (readonly [PointRole, Words])[] = [
  ['smoke.alarm', { zh: '烟雾报警', en: 'smoke alarm' }],
  ['heat.alarm', { zh: '温度报警', en: 'heat alarm' }],
  ['flame.alarm', { zh: '火焰报警', en: 'flame alarm' }],
  ['call_point.alarm', { zh: '手动报警按钮', en: 'manual call point' }],
  ['gas.alarm', { zh: '燃气报警', en: 'gas alarm' }],
  ['gas.level', { zh: '燃气浓度', en: 'gas level' }],
  ['residual_current', { zh: '剩余电流', en: 'residual current' }],
  ['cable_temp', { zh: '电缆温度', en: 'cable temperature' }],
  ['arc.alarm', { zh: '故障电弧', en: 'arc fault' }],
  ['breaker.tripped', { zh: '断路器跳闸', en: 'breaker tripped' }],
  ['power.overload', { zh: '过载', en: 'overload' }],
  ['water.pressure', { zh: '水压', en: 'water pressure' }],
  ['water.level', { zh: '液位', en: 'water level' }],
  ['water.low', { zh: '低水位或低水压', en: 'water low' }],
  ['water.high', { zh: '高水位', en: 'water high' }],
  ['sprinkler.flow', { zh: '喷淋水流', en: 'sprinkler flow' }],
  ['valve.closed', { zh: '阀门关闭', en: 'valve closed' }],
  ['pump.running', { zh: '水泵运行', en: 'pump running' }],
  ['pump.fault', { zh: '水泵故障', en: 'pump fault' }],
  ['door.open', { zh: '门开', en: 'door open' }],
  ['mains.lost', { zh: '市电停电', en: 'mains lost' }],
  ['battery.low', { zh: '电池欠压', en: 'battery low' }],
  ['battery.voltage', { zh: '电池电压', en: 'battery voltage' }],
  ['fault', { zh: '故障', en: 'fault' }],
  ['tamper', { zh: '防拆', en: 'tamper' }],
  ['dirty', { zh: '污染', en: 'dirty' }],
  ['measurement', { zh: '测量值', en: 'measurement' }],
  ['setting', { zh: '设置', en: 'setting' }],
];

/** By its own name, its words or its number in the list (from 1); null: not known. */
export function roleNamed(written: string): PointRole | null {
  const text = written.trim().toLowerCase();
  if (/^[0-9]{1,2}$/.test(text)) return offeredRoles[Number(text) - 1]?.[0] ?? null;
  if (Object.hasOwn(classOfRole, text)) return text as PointRole;
  return offeredRoles.find(([, { zh, en }]) => zh === text || en === text)?.[0] ?? null;
}
