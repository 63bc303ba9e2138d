/** What the schemas say about a value that they refuse, in both languages: zod itself only carries one text. */
import type { Words } from './vocabulary.js';

/** The kinds of values, as zod calls them. */
const kinds: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  object: '一组键',
  array: '列表',
  record: '一组键',
};

/** Wanted forms of a text. */
export const wanted = {
  id: {
    zh: '1 到 40 个小写字母、数字和连字符，首尾是字母或数字',
    en: 'lower-case letters, digits and hyphens, 1 to 40 characters, a letter or digit at both ends',
  },
  host: { zh: '主机名或 IP 地址', en: 'a host name or an IP address' },
  hostName: {
    zh: '主机名，例如 fire.yunxi.cn，不带 http:// 和端口；IP 地址不用写',
    en: 'a host name such as fire.yunxi.cn, without http:// and port; addresses need not be written',
  },
  ip: { zh: 'IP 地址，例如 0.0.0.0', en: 'an IP address, such as 0.0.0.0' },
  path: { zh: '绝对路径，以 / 开头', en: 'an absolute path' },
  url: {
    zh: 'mqtt://主机:端口、mqtts://主机:端口、ws://主机:端口/路径 或 wss://…，不带账号和密码',
    en: 'mqtt://host:port, mqtts://host:port, ws://host:port/path or wss://…, without name and password',
  },
  code: { zh: '1 到 64 个字母、数字或 . _ : -', en: 'letters, digits and . _ : -, 1 to 64 characters' },
  area: { zh: '6 到 12 位行政区划代码，写在引号里', en: 'a code of 6 to 12 digits, in quotes' },
  phone: { zh: '电话号码，写在引号里', en: 'a telephone number, in quotes' },
  publicKey: {
    zh: 'base64 写的 32 字节公钥（44 个字符），由 gengfu command keygen 打印',
    en: '32 bytes in base64 (44 characters), as printed by gengfu command keygen',
  },
  strongKey: {
    zh: 'gengfu command keygen 打印的公钥；写着的这一个，谁都能伪造签名',
    en: 'a public key as printed by gengfu command keygen; anybody can forge signatures of the one written',
  },
  kind: { zh: '记录的种类，例如 alarm 或 alarm.raised', en: 'a kind of entry, such as alarm or alarm.raised' },
  clientId: {
    zh: '1 到 128 个字母、数字或 . _ : & | , = -',
    en: 'letters, digits and . _ : & | , = -, 1 to 128 characters',
  },
  time: { zh: '时:分，00:00 到 23:59，写在引号里', en: 'HH:MM, 00:00 to 23:59, in quotes' },
  date: { zh: '年-月-日，例如 2024-05-01', en: 'a date such as 2024-05-01' },
  soundCard: { zh: '声卡的名字，例如 plughw:1,0', en: 'the name of a sound card, such as plughw:1,0' },
  wav: { zh: 'WAV 文件，以 .wav 结尾', en: 'a WAV file, ending in .wav' },
  point: { zh: '设备/测点，例如 feedback-1/contact', en: 'device/point, such as feedback-1/contact' },
  stateKey: { zh: '小写字母、数字和下划线', en: 'lower-case letters, digits and underscores' },
  frame: { zh: '字节，例如 01 03 00 10', en: 'bytes such as 01 03 00 10' },
} as const satisfies Record<string, Words>;

const byEnglish = new Map<string, Words>(Object.values(wanted).map((words) => [words.en, words]));

/** The message of an issue, in both languages where it is one of ours. */
export function messageWords(message: string): Words | string {
  return byEnglish.get(message) ?? message;
}

/** What a kind of value is called. */
export function kindWords(kind: string): Words {
  const zh = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return { zh: zh ?? kind, en: kind };
}
