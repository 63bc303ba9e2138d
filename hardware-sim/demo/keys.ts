/** The demo's keys: what a person in the town, or the duty staff, would do. */
import type { Words } from '../../config/vocabulary.js';
import type { Deed } from '../scenario-deeds.js';
import { poolLevels } from './pool.js';

export interface KeyAction {
  readonly key: string;
  readonly label: Words;
  /** The district asks whether somebody is on duty. */
  readonly asksDuty?: true;
  /** What the key does the n-th time it is pressed (from 0): toggles alternate. */
  deeds(times: number): { readonly deeds: readonly Deed[]; readonly told: Words };
}

interface House {
  readonly point: string;
  readonly name: Words;
}

const houses: readonly House[] = [
  { point: 'smoke-kitchen/smoke', name: { zh: '老街 12 号厨房', en: 'the kitchen of 12 Old Street' } },
  { point: 'smoke-5/smoke', name: { zh: '祠堂戏台', en: 'the opera stage of the hall' } },
  { point: 'smoke-16/smoke', name: { zh: '油坊', en: 'the oil press' } },
  { point: 'smoke-19/smoke', name: { zh: '消防泵房', en: 'the pump house' } },
];

interface Turn {
  readonly deeds: readonly Deed[];
  readonly told: Words;
}

function toggle(first: Turn, second: Turn): KeyAction['deeds'] {
  return (times) => (times % 2 === 0 ? first : second);
}

export const keyActions: readonly KeyAction[] = [
  {
    key: 'f',
    label: { zh: '让一户起火', en: 'set a house on fire' },
    deeds: (times) => {
      const house = houses[times % houses.length];
      if (house === undefined) throw new Error('there are houses');
      const told = { zh: `〔${house.name.zh}冒烟了〕`, en: `[smoke in ${house.name.en}]` };
      return { deeds: [{ set: house.point, to: 'alarm' }], told };
    },
  },
  {
    key: 'p',
    label: { zh: '把火扑灭', en: 'put the fires out' },
    deeds: () => ({
      deeds: houses.map(({ point }) => ({ set: point, to: 'normal' })),
      told: { zh: '〔火已扑灭，烟散了〕', en: '[the fires are out, the smoke is gone]' },
    }),
  },
  {
    key: 'l',
    label: { zh: '剪断/接通东线', en: 'cut/mend the east line' },
    deeds: toggle(
      { deeds: [{ cut: 'east' }], told: { zh: '〔东线被挖断〕', en: '[the east line is cut]' } },
      { deeds: [{ mend: 'east' }], told: { zh: '〔东线已接通〕', en: '[the east line is mended]' } },
    ),
  },
  {
    key: 'd',
    label: { zh: '放空/注满水池', en: 'drain/fill the pool' },
    deeds: toggle(
      {
        deeds: [...poolLevels('empty'), { set: 'pool-low/contact', to: 'low' }],
        told: { zh: '〔消防水池放空〕', en: '[the fire pool runs dry]' },
      },
      {
        deeds: [...poolLevels('full'), { set: 'pool-low/contact', to: 'normal' }],
        told: { zh: '〔消防水池注满〕', en: '[the fire pool is full]' },
      },
    ),
  },
  {
    key: 'm',
    label: { zh: '祠堂主机报火警/解除', en: 'hall panel: fire/over' },
    deeds: toggle(
      {
        deeds: [{ set: 'panel-hall/relics', to: 'alarm' }],
        told: { zh: '〔报警主机：文物室火警〕', en: '[the panel: fire in the relics room]' },
      },
      {
        deeds: [{ set: 'panel-hall/relics', to: 'normal' }],
        told: { zh: '〔报警主机已复位〕', en: '[the panel is reset]' },
      },
    ),
  },
  {
    key: 'n',
    label: { zh: '拔掉/插上客栈网线', en: "pull/plug the inn's network" },
    deeds: toggle(
      { deeds: [{ cut: 'inn' }], told: { zh: '〔客栈网线被拔掉〕', en: "[the inn's network cable is pulled]" } },
      { deeds: [{ mend: 'inn' }], told: { zh: '〔客栈网线已插上〕', en: "[the inn's network cable is plugged in]" } },
    ),
  },
  {
    key: 'u',
    label: { zh: '拔掉/插上平台网线', en: 'pull/plug the uplink' },
    deeds: toggle(
      { deeds: [{ uplink: 'pull' }], told: { zh: '〔平台网线被拔掉〕', en: '[the uplink is pulled]' } },
      { deeds: [{ uplink: 'plug' }], told: { zh: '〔平台网线已插上〕', en: '[the uplink is plugged in]' } },
    ),
  },
  {
    key: 'e',
    label: { zh: '按演练键（开始/结束）', en: 'press the drill key (begin/end)' },
    deeds: () => ({
      deeds: [{ press: 'key-drill/contact' }],
      told: { zh: '〔按下演练键〕', en: '[the drill key is pressed]' },
    }),
  },
  {
    key: 't',
    label: { zh: '按警铃试鸣键', en: 'press the siren test key' },
    deeds: () => ({
      deeds: [{ press: 'key-test/contact' }],
      told: { zh: '〔按下试鸣键〕', en: '[the test key is pressed]' },
    }),
  },
  {
    key: 'h',
    label: { zh: '弄坏/修好祠堂喇叭', en: 'break/mend the horn of the hall' },
    deeds: toggle(
      {
        deeds: [{ break_horn: 'horn-hall' }],
        told: { zh: '〔祠堂喇叭坏了〕', en: '[the horn of the hall is broken]' },
      },
      {
        deeds: [{ mend_horn: 'horn-hall' }],
        told: { zh: '〔祠堂喇叭修好了〕', en: '[the horn of the hall is mended]' },
      },
    ),
  },
  {
    key: 'c',
    label: { zh: '上级查岗', en: 'duty check of the district' },
    asksDuty: true,
    deeds: () => ({ deeds: [], told: { zh: '〔上级平台查岗〕', en: '[the district asks who is on duty]' } }),
  },
  {
    key: 'a',
    label: { zh: '确认', en: 'acknowledge' },
    deeds: () => ({ deeds: [{ command: 'acknowledge' }], told: { zh: '〔按下确认〕', en: '[acknowledge]' } }),
  },
  {
    key: 's',
    label: { zh: '消音', en: 'silence' },
    deeds: () => ({ deeds: [{ command: 'silence' }], told: { zh: '〔按下消音〕', en: '[silence]' } }),
  },
  {
    key: 'r',
    label: { zh: '复位', en: 'reset' },
    deeds: () => ({ deeds: [{ command: 'reset' }], told: { zh: '〔按下复位〕', en: '[reset]' } }),
  },
];

export function keyHelp(lang: 'zh' | 'en'): string {
  const keys = keyActions.map(({ key, label }) => `${key} ${label[lang]}`);
  return [...keys, lang === 'zh' ? '? 按键说明  ·  q 退出' : '? keys  ·  q quit'].join('  ·  ');
}
