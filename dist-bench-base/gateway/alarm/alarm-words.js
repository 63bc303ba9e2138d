import { classWords } from '../../config/vocabulary.js';
import { limitWords } from './limits.js';
const happened = {
    'alarm.raised': { zh: '', en: '' },
    'alarm.returned': { zh: '已恢复正常', en: 'returned to normal' },
    'alarm.acknowledged': { zh: '已确认', en: 'acknowledged' },
    'alarm.silenced': { zh: '已消音', en: 'silenced' },
    'alarm.resounded': { zh: '仍在报警，再次鸣响', en: 'is still in alarm and sounds again' },
    'alarm.reset': { zh: '已复位', en: 'reset' },
};
/** Why a fault is there, as the person who must mend it wants to hear it. Where cause and next step are known they follow. */
const reasons = {
    silent: { zh: '无应答', en: 'does not answer' },
    garbled: { zh: '应答有误码', en: 'its answers come garbled' },
    'line-silent': { zh: '整条线路无应答', en: 'nobody on the line answers' },
    'stream-silent': { zh: '长时间没有数据', en: 'has not been heard for too long' },
    'part-silent': { zh: '部分寄存器无应答', en: 'does not answer for some of its registers' },
    'two-answers': { zh: '一次询问收到两个应答', en: 'one question is answered twice' },
    'setup-unread': { zh: '设置读不出', en: 'can not be read' },
    budget: { zh: '巡检太慢', en: 'is not kept: fire points are seen too late' },
    'line-down': { zh: '线路打不开', en: 'the line can not be opened' },
    exception: { zh: '设备拒绝读取，请核对型号和设备档案', en: 'the unit refuses to be read; compare model and profile' },
    sentinel: { zh: '设备报告无有效值', en: 'the device reports that it has no value' },
    'unknown-state': { zh: '返回了未知状态', en: 'an unknown state was read' },
    'out-of-range': { zh: '数值超出合理范围', en: 'the value is out of range' },
    'bad-encoding': { zh: '数值编码无效', en: 'the value is not encoded as it must be' },
    'signal-low': { zh: '信号过低，请检查是否断线', en: 'the signal is too low; check for a broken wire' },
    'signal-high': { zh: '信号过高，请检查是否短路', en: 'the signal is too high; check for a short circuit' },
    step: { zh: '数值跳变过大', en: 'the value jumped further than it can' },
    'not-valid': { zh: '设备声明该数值无效', en: 'the device says that this value does not count' },
    'not-ready': { zh: '设备尚未就绪', en: 'the device is not ready yet' },
    'wrong-unit': { zh: '设备使用的计量单位不符', en: 'the device counts in a unit that does not fit' },
    'wrong-scale': {
        zh: '设备量程与铭牌不符，请核对铭牌和站点文件',
        en: 'range of the device and its label disagree; compare label and site file',
    },
    pair: {
        zh: '与另一触点互相矛盾，请检查两个触点的接线',
        en: 'contradicts another contact; check the wires of both',
    },
    'pin-error': { zh: '引脚读不出', en: 'the pin can not be read' },
    'not-proven': { zh: '输出未能证实，请检查接线和模块', en: 'can not be proven; check its wiring and module' },
    'contact-not-moved': {
        zh: '已接通，但反馈触点未动作',
        en: 'is switched on, and its feedback contact does not move',
    },
    'current-too-low': {
        zh: '已接通，但电流不足',
        en: 'is switched on, and draws too little current',
    },
    'still-works': {
        zh: '未接通，但反馈显示仍在工作',
        en: 'is switched off, and its feedback says that it still works',
    },
    'not-kept': {
        zh: '程序停止后的动作与站点文件不符',
        en: 'would not do what the site file says when the program ends',
    },
    'second-detector': {
        zh: '同防区另一探测器也报警，火情证实',
        en: 'a second detector of the zone is in alarm: the fire is confirmed',
    },
    'call-point': { zh: '有人按下手动报警按钮，火情证实', en: 'a manual call point was pressed: the fire is confirmed' },
    'second-lost': {
        zh: '无人确认时同防区另一探测器失联，按火情证实处理',
        en: 'another detector of the zone was lost before anybody acknowledged: taken as confirmed',
    },
    'found-on': {
        zh: '启动时发现输出已打开，原因不明；消音或复位后关闭',
        en: 'was found on at start without a reason; silence or reset turns it off',
    },
};
/** The sentence of one alarm entry: class, where, what; for a fault also its likely cause and the next step, if known. */
export function wordsFor(kind, facets, detail) {
    if (kind === 'alarm.counted')
        return countedWords(facets, detail);
    if (kind === 'service.changed')
        return serviceWords(facets.name, detail);
    const head = classWords[facets.class];
    const text = (key) => (typeof detail[key] === 'string' ? detail[key] : '');
    const reason = limitWords(detail) ?? wordsOf(text('reason'));
    const why = (lang) => text(`error_${lang}`) || reason[lang];
    const what = (lang) => kind === 'alarm.raised' || kind === 'alarm.confirmed' ? why(lang) : (happened[kind] ?? { zh: '', en: '' })[lang];
    const [zh, en] = [what('zh'), what('en')];
    const isExplained = kind === 'alarm.raised' && text('cause_zh') !== '';
    const more = isExplained
        ? {
            zh: `。可能原因：${text('cause_zh')}。处理：${text('next_zh')}`,
            en: `. Likely cause: ${text('cause_en')}. Next: ${text('next_en')}`,
        }
        : { zh: '', en: '' };
    return {
        zh: `${head.zh}：${facets.name.zh}${zh === '' ? '' : ` ${zh}`}${more.zh}`,
        en: `${head.en}: ${facets.name.en}${en === '' ? '' : `: ${en}`}${more.en}`,
    };
}
const standing = {
    active: { zh: '现在仍在报警', en: 'it is in alarm now' },
    latched: { zh: '现在已恢复正常，等待复位', en: 'it is normal now and waits for a reset' },
    normal: { zh: '现在已恢复正常', en: 'it is normal now' },
};
/** What was counted instead of being written (chatter.ts). After a restart nobody knows how often. */
function countedWords({ class: alarmClass, name }, { raised, returned, for_s: forS, stands }) {
    const head = classWords[alarmClass];
    const now = standing[String(stands)] ?? { zh: '', en: '' };
    const times = typeof raised === 'number' && typeof returned === 'number'
        ? {
            zh: `变化频繁，${String(forS)} 秒内又报警 ${raised} 次、恢复 ${returned} 次`,
            en: `changes often, raised ${raised} and returned ${returned} more times in ${String(forS)} s`,
        }
        : { zh: '重启前变化频繁', en: 'changed often before the restart' };
    return { zh: `${head.zh}：${name.zh} ${times.zh}；${now.zh}`, en: `${head.en}: ${name.en}: ${times.en}; ${now.en}` };
}
function serviceWords({ zh, en }, { to, for_s: forS }) {
    const minutes = Math.ceil(Number(forS) / 60);
    if (to === 'shelved')
        return { zh: `${zh} 已搁置 ${minutes} 分钟`, en: `${en} is shelved for ${minutes} min` };
    if (to === 'out-of-service') {
        return { zh: `${zh} 已屏蔽 ${minutes} 分钟`, en: `${en} is out of service for ${minutes} min` };
    }
    return { zh: `${zh} 恢复守望`, en: `${en} is in service again` };
}
function wordsOf(reason) {
    const known = reasons;
    return known[reason] ?? { zh: '', en: '' };
}
