/** What can be wrong with what the site file says of a centre: shapes of messages, what it is told, who may order something. */
import type { ConfigProblemText } from './output-problems.js';

export const uplinkProblems = {
  'CONF-093': {
    zh: '报文模板写得不对',
    en: 'the template of a message is wrong',
    hint: {
      zh: '{{…}} 里只能写列出的名字；主题里不能有 + 和 #，路径以 / 开头；内容填好后必须是 JSON',
      en: 'only the names listed may stand in {{…}}; a topic has no + and #, a path begins with /; the payload is JSON once it is filled in',
    },
  },
  'CONF-094': {
    zh: '上联的键与报文格式不符',
    en: 'the keys of the uplink do not fit its format',
    hint: {
      zh: '指令、回执和 CBOR 只有 format: gengfu 才有；onenet 要有 client_id（设备名称）和 username（产品编号）；HTTP 的数据报文、安装信息看 preset',
      en: 'orders, receipts and CBOR need format: gengfu; onenet needs client_id (device name) and username (product id); over HTTP the preset says what there is',
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
} as const satisfies Record<`CONF-${string}`, ConfigProblemText>;
