/** What can be wrong with outputs that act by themselves, and with the plans that switch the others. */
import type { Words } from './vocabulary.js';

/** A problem's words, and what to do about it. */
export interface ConfigProblemText extends Words {
  readonly hint: Words;
}

export const outputProblems = {
  'CONF-058': {
    zh: '预案的这一步永远不会开始',
    en: 'this step of the plan never begins',
    hint: {
      zh: '写 confirmed（只用于火警）、unacknowledged_s 或 after_s',
      en: 'write confirmed (fire only), unacknowledged_s or after_s',
    },
  },
  'CONF-059': {
    zh: '预案不能开关这个输出',
    en: 'a plan can not switch this output',
    hint: {
      zh: '它自己动作，或由喇叭开关；从预案中去掉',
      en: 'it acts by itself, or speakers switch it; take it out of the plan',
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
      zh: 'shows 只用于 kind: lamp；写了 shows 的灯没有 timed_s 和 proof；心跳输出不写 on_control_lost 和 proof，它停下来就是信号',
      en: 'shows is for kind: lamp, without timed_s and proof; a heartbeat has no on_control_lost and no proof: it just stands still',
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
  'CONF-082': {
    zh: '验证输出的测点写得不对',
    en: 'the proof of the output does not fit its point',
    hint: {
      zh: 'state 和 at_least 写且只写一个：有状态的测点写 state，数值写 at_least',
      en: 'write exactly one of state and at_least: state for a point with states, at_least for a number',
    },
  },
  'CONF-083': {
    zh: '这路继电器不能自己定时',
    en: 'this relay can not time itself so',
    hint: {
      zh: '去掉 timed_s，或换带定时的继电器模块；定时不能超过型号文件里的 max_s',
      en: 'remove timed_s, or use a relay unit with a timer; no longer than max_s of its profile',
    },
  },
} as const satisfies Record<`CONF-${string}`, ConfigProblemText>;
