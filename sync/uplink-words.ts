/** What is wrong with an uplink as people read it: the sentence of its code, and what came where that says what to do. Pure. */
import { quoteOutside } from '../config/problem.js';
import type { Words } from '../config/vocabulary.js';
import { type UplinkErrorCode, uplinkErrors } from './uplink.js';

/** What the system calls a failure, in words. */
const systemWords: Readonly<Record<string, Words>> = {
  ENOENT: { zh: '文件不在', en: 'it is not there' },
  EACCES: { zh: '无权读取', en: 'no right to read it' },
  EISDIR: { zh: '是目录，不是文件', en: 'it is a folder' },
  ECONNREFUSED: {
    zh: '该端口没有程序应答；核对站点文件里的端口',
    en: 'nothing answers at that port; check the port in the site file',
  },
  ENOTFOUND: { zh: '主机名查不到；核对主机名和 DNS', en: 'the host name is not known; check its spelling and DNS' },
  EAI_AGAIN: { zh: '域名解析没有应答；检查网络', en: 'no answer from DNS; check the network' },
  ENETUNREACH: { zh: '网络不通；检查网线、SIM 卡和路由', en: 'no network; check cable, SIM and route' },
  EHOSTUNREACH: { zh: '主机不通；检查网络和地址', en: 'no way to that host; check the network and the address' },
  ETIMEDOUT: { zh: '没有应答；检查网络和防火墙', en: 'no answer; check the network and firewalls' },
  ECONNRESET: { zh: '对方挂断', en: 'the other side hung up' },
  'closed before an answer': {
    zh: '没有应答就断开；端口若为 TLS，url 要写 mqtts://',
    en: 'closed without an answer; if TLS is spoken there, url begins with mqtts://',
  },
  'no answer to CONNECT': { zh: '登录没有应答', en: 'no answer to the sign-in' },
};
const systemCode = new RegExp(`\\b(?:${Object.keys(systemWords).join('|')})\\b`);

/** Codes whose `got` is the name of a file or of topics. */
const namesThings: ReadonlySet<UplinkErrorCode> = new Set([
  'UPLINK-005',
  'UPLINK-007',
  'UPLINK-016',
  'UPLINK-018',
  'UPLINK-032',
  'UPLINK-034',
]);

export function uplinkErrorWords({
  code,
  got,
}: {
  readonly code: UplinkErrorCode;
  readonly got: string | null;
}): Words {
  const { zh, en } = uplinkErrors[code];
  const found = systemCode.exec(got ?? '')?.[0];
  const known = found === undefined ? undefined : systemWords[found];
  const name = got !== null && namesThings.has(code) ? nameIn(got, found) : null;
  if (name === null && known === undefined) return { zh, en };
  return {
    zh: `${zh}（${[name, known?.zh].filter((part) => part != null).join('，')}）`,
    en: `${en} (${[name, known?.en].filter((part) => part != null).join(', ')})`,
  };
}

/** The name without the code behind it: that is told in words. */
function nameIn(got: string, found: string | undefined): string {
  return quoteOutside(found === undefined ? got : got.replace(found, '').trim());
}
