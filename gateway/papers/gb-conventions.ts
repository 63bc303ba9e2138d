/** What both sides of a link of GB/T 26875.3 have to agree upon, as the site file has it: the head of the point table. Pure. */
import type { GbDialect, GbUplinkConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';

export interface GbConvention {
  readonly what: Words;
  readonly value: Words;
}

const none: Words = { zh: '无', en: 'none' };
const layouts: Readonly<Record<GbDialect['componentLayout'], Words>> = {
  zone_point: { zh: '区号、点号各两字节，低字节在前', en: 'zone and number, two bytes each, low byte first' },
  point_zone: { zh: '点号、区号各两字节，低字节在前', en: 'number and zone, two bytes each, low byte first' },
  number: { zh: '点号四字节，低字节在前', en: 'number, four bytes, low byte first' },
};
const handshakes: Readonly<Record<GbDialect['handshake'], Words>> = {
  none,
  sanjiang: { zh: '三江的握手帧', en: 'the frame of Sanjiang' },
  login: { zh: '类型 26 的 USER=…;PWD=…', en: 'USER=…;PWD=… as type 26' },
};
const heartbeats: Readonly<Record<Exclude<GbDialect['heartbeat'], 'none'>, Words>> = {
  empty: { zh: '空的发送数据帧', en: 'an empty frame of command 2' },
  sanjiang: { zh: '三江的心跳帧', en: 'the frame of Sanjiang' },
  fuan: { zh: '赋安的短帧', en: 'the short frame of Fuan' },
};
const orders = [
  ['takesDutyChecks', { zh: '查岗（91）', en: 'duty checks (91)' }],
  ['maySetClock', { zh: '校时（90）', en: 'setting the clock (90)' }],
  ['mayInitialise', { zh: '初始化（89）', en: 'initialising (89)' }],
] as const;

export function gbConventions(uplink: GbUplinkConfig): readonly GbConvention[] {
  const { dialect, address, centreAddress, username, timeoutMs, resends, outstandingMax, telemetry } = uplink;
  const account = dialect.handshake === 'login' && username !== null ? ` (${username})` : '';
  const handshake = handshakes[dialect.handshake];
  const allowed = orders.filter(([key]) => uplink[key]).map(([, words]) => words);
  return [
    { what: { zh: '本机地址', en: 'our address' }, value: plain(hexOf(address)) },
    { what: { zh: '中心地址', en: "centre's address" }, value: plain(hexOf(centreAddress)) },
    { what: { zh: '协议版本', en: 'version' }, value: plain(dialect.version.join('.')) },
    {
      what: { zh: '时间编码', en: 'time' },
      value: dialect.timeCoding === 'bcd' ? plain('BCD') : { zh: '二进制', en: 'binary' },
    },
    {
      what: { zh: '流水号', en: 'serial' },
      value:
        dialect.serialOrder === 'big'
          ? { zh: '高字节在前', en: 'high byte first' }
          : { zh: '低字节在前', en: 'low byte first' },
    },
    { what: { zh: '部件地址布局', en: 'component address' }, value: layouts[dialect.componentLayout] },
    { what: { zh: '火警状态字', en: 'state word of a fire' }, value: plain(`0x000${dialect.fireState}`) },
    {
      what: { zh: '登录', en: 'sign-in' },
      value: { zh: `${handshake.zh}${account}`, en: `${handshake.en}${account}` },
    },
    { what: { zh: '心跳', en: 'sign of life' }, value: heartbeatOf(dialect) },
    {
      what: { zh: '确认', en: 'confirmation' },
      value: {
        zh: `${timeoutMs / 1000} 秒内，否则重发 ${resends} 次；同时未确认 ${outstandingMax} 帧，火警另加`,
        en: `within ${timeoutMs / 1000} s, else sent ${resends} times more; ${outstandingMax} frame(s) unconfirmed at once, fires beside them`,
      },
    },
    {
      what: { zh: '上报', en: 'told' },
      value: {
        zh: `部件状态（2）${telemetry === 'none' ? '' : '、模拟量（3）'}、操作（4、24）、本机状态（21）；平台读 61–68、81、84–86、88 有答`,
        en: `component states (2)${telemetry === 'none' ? '' : ', analog values (3)'}, operations (4, 24), state of the device (21); reads 61–68, 81, 84–86 and 88 are answered`,
      },
    },
    {
      what: { zh: '接受', en: 'accepted' },
      value:
        allowed.length === 0
          ? none
          : { zh: allowed.map(({ zh }) => zh).join('、'), en: allowed.map(({ en }) => en).join(', ') },
    },
  ];
}

/** In the order on the wire. */
export function hexOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
}

function heartbeatOf({ heartbeat, heartbeatMs }: GbDialect): Words {
  if (heartbeat === 'none') return none;
  const { zh, en } = heartbeats[heartbeat];
  return { zh: `${zh}，每 ${heartbeatMs / 1000} 秒`, en: `${en}, every ${heartbeatMs / 1000} s` };
}

function plain(text: string): Words {
  return { zh: text, en: text };
}
