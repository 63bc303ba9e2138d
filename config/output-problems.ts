/** What can be wrong with outputs that act by themselves, and with the plans that switch the others. */
import type { Words } from './vocabulary.js';

/** A problem's words, and what to do about it. */
export interface ConfigProblemText extends Words {
  readonly hint: Words;
}

export const outputProblems = {
  'CONF-059': {
    zh: '预案不能开关这个输出',
    en: 'a plan can not switch this output',
    hint: {
      zh: '写了 shows 的指示灯和心跳输出自己动作；从预案中去掉，或删掉 shows',
      en: 'a lamp with shows and a heartbeat act by themselves; take it out of the plan, or remove shows',
    },
  },
  'CONF-070': {
    zh: '心跳输出不能接在继电器模块上',
    en: 'a heartbeat can not be at a relay unit',
    hint: {
      zh: '每秒一次的动作会磨坏继电器，还会占用线路；接到引脚上，写 gpio',
      en: 'once a second wears a relay out and takes time of its line; wire it to a pin and write gpio',
    },
  },
  'CONF-071': {
    zh: '这个键与输出的种类不符',
    en: 'this key does not fit the kind of the output',
    hint: {
      zh: 'shows 只用于 kind: lamp；心跳输出不写 on_control_lost，它停下来就是信号',
      en: 'shows is for kind: lamp; a heartbeat has no on_control_lost, for its standing still is the signal',
    },
  },
  'CONF-072': {
    zh: '预案的键与 preset 不符',
    en: 'the keys of the plan do not fit its preset',
    hint: {
      zh: 'preset 只用于 class: fire，配 village（和 neighbours），不写 steps；不用 preset 时写 steps',
      en: 'a preset is for class: fire and has village (and neighbours) but no steps; without a preset write steps',
    },
  },
} as const satisfies Record<`CONF-${string}`, ConfigProblemText>;
