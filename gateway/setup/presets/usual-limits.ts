/** Limits with which a site begins. They are its own to change: no standard that we could read names them for a village. */
import type { PresetLimit } from '../preset.js';

/** Gas alarms of kitchens warn at a quarter of the lower explosive limit. [M] */
export const kitchenGas: PresetLimit = {
  role: 'gas.level',
  unit: '%LEL',
  high: 25,
  deadband: 5,
  onDelayS: 0,
  why: {
    zh: '爆炸下限的四分之一就报警',
    en: 'a quarter of the lower explosive limit',
  },
};

/** GB 50974 gives several classes of static pressure (0.07, 0.10, 0.15 MPa [M]): the strictest. */
export const hydrantPressure: PresetLimit = {
  role: 'water.pressure',
  unit: 'MPa',
  low: 0.15,
  deadband: 0.02,
  onDelayS: 6,
  why: {
    zh: '管网压力不足：GB 50974 几档静压中最严的一档（未核对原文），按本站水泵改',
    en: 'too little in the main: the strictest of the static pressures of GB 50974 (text not verified); adapt it to the pumps here',
  },
};

/** A pool of 500 m³ with a gauge for 5 m: half a metre is what a pump can no longer draw, four fifths run over. GB 50974 4.3.9 wants both
 * ends told; its wording is not verified [M], and it gives no figures. */
export const firePool: PresetLimit = {
  role: 'water.level',
  unit: 'm',
  low: 0.5,
  highOfRange: 0.8,
  deadband: 0.1,
  onDelayS: 6,
  why: {
    zh: '按 500 m³ 水池、5 m 液位计：水泵快抽不到水，或将溢出（GB 50974 4.3.9 要求高低水位都报，数值按本站水池改）',
    en: 'as for a pool of 500 m³ and a gauge for 5 m: the pump will soon draw air, or it runs over (GB 50974 4.3.9 wants both told; adapt the figures to the pool here)',
  },
};

/** A tank of 200 m³: it is used up sooner, so it is told sooner. */
export const smallTank: PresetLimit = {
  ...firePool,
  low: 1.2,
  why: {
    zh: '按 200 m³ 水池：剩不到一半就报（GB 50974 4.3.9 要求高低水位都报，数值按本站水池改）',
    en: 'as for a tank of 200 m³: told when less than half is left (GB 50974 4.3.9 wants both told; adapt the figures to the tank here)',
  },
};
