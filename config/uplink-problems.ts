/** What can be wrong with what the site file says of a centre: shapes of messages, what it is told, who may order something. */
import type { ConfigProblemText } from './output-problems.js';

export const uplinkProblems = {
  'CONF-093': {
    zh: '报文模板写得不对',
    en: 'the template of a message is wrong',
    hint: {
      zh: '{{…}} 里只能写列出的名字；主题里不能有 + 和 #；内容填好后必须是 JSON',
      en: 'only the names listed may stand in {{…}}; a topic has no + and #; the payload is JSON once it is filled in',
    },
  },
  'CONF-094': {
    zh: '上联的键与报文格式不符',
    en: 'the keys of the uplink do not fit its format',
    hint: {
      zh: '指令、回执和 CBOR 只有 format: gengfu 才有；onenet 要有 client_id（设备名称）和 username（产品编号）',
      en: 'orders, receipts and CBOR need format: gengfu; onenet needs client_id (device name) and username (product id)',
    },
  },
  'CONF-095': {
    zh: '没有密钥能签署它',
    en: 'no key may sign it',
    hint: {
      zh: '在 command_keys 里写上平台的公钥和相应的权限',
      en: "write the centre's public key under command_keys, with the right to do this",
    },
  },
  'CONF-096': {
    zh: '没有这种记录',
    en: 'there is no such kind of entries',
    hint: {
      zh: '写 alarm（即所有 alarm.…）或 alarm.raised 这样',
      en: 'write such as alarm (all of alarm.…) or alarm.raised',
    },
  },
  'CONF-097': {
    zh: '两个上联以同一个客户端标识登录同一平台，会互相顶下线',
    en: 'two uplinks sign in to one centre as the same client, and would throw each other out',
    hint: { zh: '给其中一个写上自己的 client_id', en: 'give one of them a client_id of its own' },
  },
  'CONF-099': {
    zh: '两个部件在平台上的地址相同，平台分不清',
    en: 'two components have one address at the centre, which can not tell them apart',
    hint: {
      zh: '在 points 里给其中一个另写 system_address、zone 或 number；gengfu explain gb26875 列出全部',
      en: 'give one of them another system_address, zone or number under points; gengfu explain gb26875 lists them all',
    },
  },
  'CONF-100': {
    zh: '标准（GB/T 26875.3）里没有这个编号',
    en: 'the standard (GB/T 26875.3) has no such number',
    hint: {
      zh: '保留的编号不能用；平台自定义的从 128 起',
      en: 'reserved numbers must not be used; those that a platform defines begin at 128',
    },
  },
  'CONF-101': {
    zh: '自定义的模拟量没有写单位',
    en: 'an analog value of its own has no step',
    hint: {
      zh: 'step 是一个计数代表多少，用监测点的单位；向平台问',
      en: 'step is what one count stands for, in the unit of the point; ask the platform',
    },
  },
  'CONF-102': {
    zh: '同一上联里写了两次',
    en: 'it stands twice in one uplink',
    hint: { zh: '删去其中一个', en: 'take one of them out' },
  },
  'CONF-103': {
    zh: '没有这样的设备、监测点或输出',
    en: 'there is no such device, point or output',
    hint: { zh: 'gengfu explain points 列出全部监测点', en: 'gengfu explain points lists every point' },
  },
} as const satisfies Record<`CONF-${string}`, ConfigProblemText>;
