/** What a commissioning answers, in words. */
import type { Words } from '../../config/vocabulary.js';
import type { CommissioningAsk, CommissioningItem, signerRoles } from '../panel/api/commissioning.js';

export type SignerRole = (typeof signerRoles)[number];

export const roleWords: Readonly<Record<SignerRole, Words>> = {
  installer: { zh: '施工单位', en: 'installer' },
  owner: { zh: '建设（使用）单位', en: 'owner' },
  supervisor: { zh: '监理单位', en: 'supervisor' },
  authority: { zh: '消防（街道）', en: 'fire authority' },
};

export const stateWords: Readonly<Record<CommissioningItem['state'], Words>> = {
  open: { zh: '未测', en: 'not tested' },
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '不通过', en: 'failed' },
  'not-applicable': { zh: '不适用', en: 'not applicable' },
};

export const commissioningRefusals = {
  'level-too-low': { zh: '验收由安装人员（Ⅲ级）登录后进行', en: 'a commissioning is run by an installer (level III)' },
  'not-here': { zh: '这里没有验收功能', en: 'there is no commissioning here' },
  'not-read': {
    zh: '数据目录中的验收记录还没有读出，几秒后再试',
    en: 'what is kept of it was not read yet; try again in seconds',
  },
  unreadable: {
    zh: '验收记录读不出，已另存为 current.json.broken；请重新开始',
    en: 'what was kept of it could not be read and lies aside as current.json.broken; begin anew',
  },
  'runs-already': {
    zh: '已有一次验收在进行；先签字或放弃',
    en: 'one is under way already; sign it or abandon it first',
  },
  'not-begun': { zh: '没有进行中的验收；先开始', en: 'no commissioning is under way; begin one first' },
  'is-frozen': {
    zh: '内容已定稿；要改就退回测试（未签字）或开始新的一版（已签字）',
    en: 'its content is frozen; go back to testing (not signed yet) or begin a new revision (signed)',
  },
  'not-frozen': { zh: '还没有定稿；先结束测试', en: 'its content is not frozen yet; end the tests first' },
  'is-signed': {
    zh: '已有人签字；要改就开始新的一版',
    en: 'somebody has signed it; what changes needs a new revision',
  },
  'no-item': { zh: '没有这个测试项', en: 'there is no such item' },
  'several-items': {
    zh: '不止一项可能是它；写出测试项编号',
    en: 'several items could be meant; give the id of one',
  },
  'not-for-item': { zh: '这一项不是这样测的', en: 'this item is not tested like that' },
  'needs-reason': { zh: '请写明原因', en: 'say why' },
  'not-proven': {
    zh: '还没有回读证实打开又关闭；先试鸣',
    en: 'it was not proven on and off by its read-back yet; run a siren test first',
  },
  'items-open': {
    zh: '还有未测的项没有写原因：测完，或写明为什么不测',
    en: 'items are neither tested nor excused: test them, or say why not',
  },
  'other-content': {
    zh: '签的不是现在这份内容；刷新后看过再签',
    en: 'this is not the content as it stands; look at it again and sign that',
  },
  'too-many-photos': { zh: '这一项的照片已满', en: 'this item has as many photos as it can hold' },
  'no-photo': { zh: '没有这张照片', en: 'there is no such photo' },
  'too-many-signatures': { zh: '签字已满', en: 'it has as many signatures as it can hold' },
  'too-many-items': { zh: '测试项太多', en: 'the site has more items than one report can hold' },
  'too-many-revisions': {
    zh: '版本太多；把旧的移出数据目录的 commissioning 文件夹',
    en: 'there are too many revisions; move old ones out of the folder commissioning of the data folder',
  },
  'warranty-twice': { zh: '保修期写月数或日期，不要都写', en: 'give the warranty as months or as a date, not both' },
  'bad-day': { zh: '没有这一天', en: 'there is no such day' },
  'not-recorded': {
    zh: '没有记下：网关暂时不能记录；几秒后再试',
    en: 'it was not written down: the gateway can not do it now; try again in a few seconds',
  },
} as const satisfies Record<string, Words>;
export type CommissioningRefusal = keyof typeof commissioningRefusals;

export const commissioningDone: Readonly<Record<CommissioningAsk['ask'], Words>> = {
  'commissioning-begin': { zh: '验收已开始', en: 'the commissioning has begun' },
  'commissioning-press': { zh: '开始计时', en: 'the time runs' },
  'commissioning-probe': { zh: '已开始测量', en: 'it is measured now' },
  'commissioning-judge': { zh: '已记下', en: 'written down' },
  'commissioning-photo': { zh: '照片已记下', en: 'the photo is noted' },
  'commissioning-freeze': { zh: '内容已定稿，可以签字', en: 'its content is frozen and can be signed' },
  'commissioning-excuse': { zh: '已写明不测的原因', en: 'the reason is written down' },
  'commissioning-reopen': { zh: '已退回测试', en: 'the tests go on' },
  'commissioning-abandon': { zh: '已放弃这次验收', en: 'the commissioning is abandoned' },
  'commissioning-sign': { zh: '已签字', en: 'signed' },
};
