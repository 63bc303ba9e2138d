/** Can this hardware keep what the site file promises? */
export function isKept({ onControlLost }, after) {
    return (after === 'holds') === (onControlLost === 'keep-sounding');
}
/** Ordered on, and the point does not show it. */
export function unshownReason({ proof }) {
    return proof !== undefined && 'atLeast' in proof.on ? 'current-too-low' : 'contact-not-moved';
}
/** The detail of its fault; `got`: what was seen or heard instead, null where there is nothing to say. */
export function outputFaultDetail(config, reason, got) {
    const hint = reason === null ? null : hintOf(config, reason);
    return {
        reason,
        ...(got === null ? {} : { got }),
        ...(hint === null ? {} : { cause_zh: hint.cause.zh, cause_en: hint.cause.en }),
        ...(hint === null ? {} : { next_zh: hint.next.zh, next_en: hint.next.en }),
    };
}
function hintOf({ onControlLost, target }, reason) {
    switch (reason) {
        case 'contact-not-moved':
        case 'current-too-low':
            return unshown;
        case 'still-works':
            return stillWorks;
        case 'not-kept':
            if (target.kind === 'unit')
                return timerHint;
            return onControlLost === 'go-quiet' ? pinsHold : pinsDrop;
        case 'not-proven':
        case 'found-on':
            return null;
    }
}
const unshown = {
    cause: {
        zh: '继电器已吸合，但其后的设备没有工作：断线、熔断器熔断、电源失电或警报器损坏',
        en: 'the relay has closed and the thing behind it does not work: broken wire, blown fuse, lost supply or broken siren',
    },
    next: {
        zh: '依次检查警报器电源和熔断器、接线、警报器本身，最后检查反馈触点或电流采样',
        en: 'check supply and fuse of the siren, its wires, the siren itself, and last the feedback contact or the current sensor',
    },
};
const stillWorks = {
    cause: {
        zh: '触点粘连、有人手动接通，或反馈线短路',
        en: 'a welded contact, somebody has switched it by hand, or the feedback wire is shorted',
    },
    next: {
        zh: '到现场看设备是否在工作；在工作则查继电器和手动开关，不工作则查反馈接线',
        en: 'see whether it works; if so check relay and manual switch, if not the wires of the feedback',
    },
};
const timerHint = {
    cause: { zh: '模块通道的定时与站点文件的要求不符', en: 'timer of the channel and site file do not agree' },
    next: {
        zh: '要求失控后静音时启用模块定时，要求保持鸣响时不用定时',
        en: 'use the timer of the module for go_quiet, and none for keep_sounding',
    },
};
const pinsHold = {
    cause: {
        zh: '本机内核在程序结束后保持引脚电平',
        en: 'the kernel of this box keeps the level of a pin when the program ends',
    },
    next: {
        zh: '在 config.txt 中加入 dtparam=strict_gpiod 并重启本机',
        en: 'put dtparam=strict_gpiod in config.txt and restart the box',
    },
};
const pinsDrop = {
    cause: {
        zh: '本机内核在程序结束后释放引脚，警报会停',
        en: 'the kernel of this box lets a pin go when the program ends, and the siren falls silent',
    },
    next: {
        zh: '从 config.txt 中去掉 dtparam=strict_gpiod 并重启，或改用 driver: sysfs',
        en: 'take dtparam=strict_gpiod out of config.txt and restart the box, or use driver: sysfs',
    },
};
