/** What can be wrong with an output, and what is told about it: the reason, its likely cause, the next step. Pure. */
import type { OutputConfig } from '../../config/site.js';
import type { AfterProcessEnd, Words } from '../../config/vocabulary.js';
import type { JsonValue } from '../../sync/journal/entry.js';

/** Keys of the alarm words. `not-kept`: what the site file promises for the time without a gateway. */
export type OutputFault =
  | 'not-proven'
  | 'contact-not-moved'
  | 'current-too-low'
  | 'still-works'
  | 'found-on'
  | 'not-kept';

/** Can this hardware keep what the site file promises? */
export function isKept({ onControlLost }: OutputConfig, after: AfterProcessEnd): boolean {
  return after === 'as-promised' || (after === 'holds') === (onControlLost === 'keep-sounding');
}

/** Ordered on, and the point does not show it. */
export function unshownReason({ proof }: OutputConfig): OutputFault {
  return proof !== undefined && 'atLeast' in proof.on ? 'current-too-low' : 'contact-not-moved';
}

/** The detail of its fault; `got`: what was seen or heard instead, null where there is nothing to say. */
export function outputFaultDetail(
  config: OutputConfig,
  reason: OutputFault | null,
  got: string | null,
): Readonly<Record<string, JsonValue>> {
  const hint = reason === null ? null : hintOf(config, reason);
  return {
    reason,
    ...(got === null ? {} : { got }),
    ...(hint === null ? {} : { cause_zh: hint.cause.zh, cause_en: hint.cause.en }),
    ...(hint === null ? {} : { next_zh: hint.next.zh, next_en: hint.next.en }),
  };
}

interface Hint {
  readonly cause: Words;
  readonly next: Words;
}

function hintOf({ onControlLost, target }: OutputConfig, reason: OutputFault): Hint | null {
  switch (reason) {
    case 'contact-not-moved':
    case 'current-too-low':
      return unshown;
    case 'still-works':
      return stillWorks;
    case 'not-kept':
      if (target.kind === 'unit') return timerHint;
      return onControlLost === 'go-quiet' ? pinsHold : pinsDrop;
    case 'not-proven':
    case 'found-on':
      return null;
  }
}

const unshown: Hint = {
  cause: {
    zh: '继电器已吸合，但其后的设备没有工作：断线、熔断器熔断、电源失电或警报器损坏',
    en: 'the relay has closed and the thing behind it does not work: broken wire, blown fuse, lost supply or broken siren',
  },
  next: {
    zh: '依次检查警报器电源和熔断器、接线、警报器本身，最后检查反馈触点或电流采样',
    en: 'check supply and fuse of the siren, its wires, the siren itself, and last the feedback contact or the current sensor',
  },
};

const stillWorks: Hint = {
  cause: {
    zh: '触点粘连、有人手动接通，或反馈线短路',
    en: 'a welded contact, somebody has switched it by hand, or the feedback wire is shorted',
  },
  next: {
    zh: '到现场看设备是否在工作；在工作则查继电器和手动开关，不工作则查反馈接线',
    en: 'see whether it works; if so check relay and manual switch, if not the wires of the feedback',
  },
};

const timerHint: Hint = {
  cause: { zh: '模块通道的定时与站点文件的要求不符', en: 'timer of the channel and site file do not agree' },
  next: {
    zh: '要求失控后静音时启用模块定时，要求保持鸣响时不用定时',
    en: 'use the timer of the module for go_quiet, and none for keep_sounding',
  },
};

const pinsHold: Hint = {
  cause: {
    zh: '本机内核在程序结束后保持引脚电平',
    en: 'the kernel of this box keeps the level of a pin when the program ends',
  },
  next: {
    zh: '在 config.txt 中加入 dtparam=strict_gpiod 并重启本机',
    en: 'put dtparam=strict_gpiod in config.txt and restart the box',
  },
};

const pinsDrop: Hint = {
  cause: {
    zh: '本机内核在程序结束后释放引脚，警报会停',
    en: 'the kernel of this box lets a pin go when the program ends, and the siren falls silent',
  },
  next: {
    zh: '从 config.txt 中去掉 dtparam=strict_gpiod 并重启，或改用 driver: sysfs',
    en: 'take dtparam=strict_gpiod out of config.txt and restart the box, or use driver: sysfs',
  },
};
