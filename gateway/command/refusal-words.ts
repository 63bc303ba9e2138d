/** Why an order is refused, and what the orders are called, for whoever gave one and for the journal. */
import type { Words } from '../../config/vocabulary.js';
import { exerciseRefusalWords } from '../exercise/refusal-words.js';
import type { Refusal } from './command.js';
import { noteMax, type OrderRefusal, textMax } from './exercise-order.js';

/** A lamp on a pin of the header, as `outputs` has it. */
export const lampExample =
  '- {id: lamp-fault, kind: lamp, shows: fault, gpio: {pin: 27}, on_control_lost: keep_sounding}';

/** Why an order for what sounds or speaks is refused. */
export const orderRefusalWords: Readonly<Record<OrderRefusal, Words>> = {
  ...exerciseRefusalWords,
  'level-too-low': { zh: '权限不够', en: 'this needs a higher level' },
  'not-here': { zh: '本网关没有这个功能', en: 'this gateway can not do that' },
  'nothing-to-test': { zh: '该防区没有可测试的火警点', en: 'no fire point of this zone can be tested' },
  'already-under-test': { zh: '该防区正在测试', en: 'this zone is under test already' },
  'not-under-test': { zh: '该防区没有在测试', en: 'this zone is not under test' },
  unspeakable: { zh: '语音芯片读不出其中的字', en: 'the speech chip can not speak all of it' },
  'not-now': {
    zh: '喇叭正用于报警，或没有可接通的功放',
    en: 'an alarm has the loudspeakers, or none has an amplifier to key',
  },
  'unknown-message': { zh: '站点文件中没有这条消息', en: 'the site file has no such message' },
  'unknown-output': { zh: '没有这个可测试的输出', en: 'there is no such output that can be tested' },
  'no-lamps': {
    zh: `站点文件中没有自己显示状态的指示灯。在 outputs 下这样写一个：${lampExample}（shows: fire、fault、service、normal 或 transmission）；由预案控制的灯写出编号来试`,
    en: `the site file has no lamp that shows something by itself. One is written under outputs like this: ${lampExample} (shows: fire, fault, service, normal or transmission); a lamp that plans switch is tried by its id`,
  },
  'unknown-uplink': { zh: '没有这个平台', en: 'there is no such uplink' },
  'unknown-speaker': { zh: '没有这个喇叭，或没有可播放的喇叭', en: 'there is no such loudspeaker, or none that plays' },
  'bad-text': {
    zh: `写一条消息或一段文字；文字最长 ${textMax} 字，不含控制字符`,
    en: `one message or one text; a text has ${textMax} characters at most and no control characters`,
  },
  'bad-note': {
    zh: `备注最长 ${noteMax} 字，不含控制字符`,
    en: `a note has ${noteMax} characters at most and no control characters`,
  },
};

/** Why an order about alarms is refused. */
export const commandRefusalWords: Readonly<Record<Refusal, Words>> = {
  'level-too-low': { zh: '权限不够', en: 'this needs a higher level' },
  'stale-view': { zh: '网关已重新启动，请先看现状', en: 'the gateway was restarted; look at the status first' },
  'unknown-subject': { zh: '没有这个设备、监测点或报警', en: 'there is no such device, point or alarm' },
  'fire-not-shelvable': {
    zh: '火警点不能搁置；维修时请屏蔽',
    en: 'a fire point can not be shelved; for repair take it out of service',
  },
  'not-acknowledged': {
    zh: '有未确认的火警，请先确认',
    en: 'there is a fire that nobody has acknowledged; acknowledge it first',
  },
  'too-long': {
    zh: '时间不对：搁置最长 24 小时，屏蔽最长 7 天',
    en: 'not for so long: a shelf lasts 24 h, out of service 7 days',
  },
};

/** The orders as people call them; what is not here keeps its own word. */
export const orderWords: Readonly<Record<string, Words>> = {
  acknowledge: { zh: '确认', en: 'acknowledge' },
  silence: { zh: '消音', en: 'silence' },
  reset: { zh: '复位', en: 'reset' },
  shelved: { zh: '搁置', en: 'shelve' },
  'out-of-service': { zh: '屏蔽', en: 'take out of service' },
  'in-service': { zh: '恢复守望', en: 'put back into service' },
  'drill-begin': { zh: '开始演练', en: 'begin a drill' },
  'wire-write': { zh: '手动写寄存器', en: 'write to a unit' },
  'wire-act': { zh: '设备动作', en: 'order an action of a unit' },
  'drill-end': { zh: '结束演练', en: 'end the drill' },
  'siren-test': { zh: '警铃试鸣', en: 'test the sirens' },
  'siren-test-end': { zh: '中止警铃试鸣', en: 'end the siren test' },
  broadcast: { zh: '广播', en: 'broadcast' },
  'broadcast-stop': { zh: '停止广播', en: 'stop the broadcast' },
  microphone: { zh: '接通话筒', en: 'open a microphone' },
  'duty-answer': { zh: '应答查岗', en: 'answer the duty check' },
  verdict: { zh: '记原因', en: 'say what it was' },
  note: { zh: '记事件', en: 'note something about an incident' },
  arrived: { zh: '记到场', en: 'note an arrival' },
  call: { zh: '记电话报警', en: 'report a call' },
  'close-call': { zh: '结束电话报警', en: 'close a call' },
  shift: { zh: '接班', en: 'take the shift' },
  'walk-test-begin': { zh: '开始走测', en: 'begin a walk test' },
  'walk-test-end': { zh: '结束走测', en: 'end the walk test' },
};
