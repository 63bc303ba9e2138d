/** What exactly to write instead: hints for the slips that people make, by the key and by what stands there. */
import { isIP } from 'node:net';
import { didYouMean } from './did-you-mean.js';
import { idPattern } from './ids.js';
import { roles } from './profile-words.js';
import { shapeHint, type Wanted } from './shape-hints.js';
import { dayHint, timeHint } from './time-hints.js';
import type { Words } from './vocabulary.js';
import { wideSignHint } from './wide-signs.js';

/** A hint for a value that was refused at `key`, or null where nothing better is known than the general one. */
export function valueHint(key: string, got: unknown, wanted: Wanted): Words | null {
  const moment = timeHint(key, got) ?? dayHint(got, wanted);
  if (moment !== null) return moment;
  const shape = shapeHint(key, got, wanted);
  if (shape !== null) return shape;
  if (typeof got === 'number') {
    const near = nearestOf(got, wanted);
    if (near !== null) return both(`最接近的是 ${near}`, `the nearest is ${near}`);
  }
  if (typeof got === 'number' || typeof got === 'boolean') {
    return wanted.kinds.includes('string') ? both(`写在引号里："${got}"`, `put it in quotes: "${got}"`) : null;
  }
  if (typeof got !== 'string') return null;
  return (
    wideSignHint(got) ??
    yesHint(got, wanted) ??
    byKey(key, got) ??
    numberHint(key, got, wanted) ??
    listHint(got, wanted)
  );
}

const yes = ['yes', 'on', 'y', '1', 'true', '是', '开', '对'];
const no = ['no', 'off', 'n', '0', 'false', '否', '关', '不'];

/** YAML 1.2 knows `true` and `false` only; null: a yes or no does not belong here, or this is neither. */
function yesHint(got: string, { kinds }: Wanted): Words | null {
  if (!kinds.includes('boolean')) return null;
  const meant = [yes, no].findIndex((each) => each.includes(got.toLowerCase()));
  return meant < 0 ? null : both(`写 ${meant === 0}，不加引号`, `write ${meant === 0}, without quotes`);
}

/** Of the numbers that may stand there; null: it is not one of some. */
function nearestOf(got: number, { values }: Wanted): number | null {
  const numbers = values.filter((value) => typeof value === 'number');
  const [nearest, ...others] = numbers.sort((a, b) => Math.abs(a - got) - Math.abs(b - got));
  return nearest === undefined || others.length === 0 ? null : nearest;
}

/** Keys that people know under another name; a name that the file does not know at that place is not proposed. */
export function otherNameOf(key: string, known: readonly string[]): string | null {
  const plain = key.toLowerCase().replaceAll('-', '_');
  const others = Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined;
  const meant = known.includes(plain) ? plain : others?.find((name) => known.includes(name));
  return meant ?? null;
}

const otherNames: Readonly<Record<string, readonly string[]>> = {
  slave: ['unit'],
  slave_id: ['unit'],
  slaveid: ['unit'],
  unit_id: ['unit'],
  address: ['unit', 'addr'],
  addr: ['unit', 'address'],
  baudrate: ['baud'],
  baud_rate: ['baud'],
  speed: ['baud'],
  databits: ['data_bits'],
  stopbits: ['stop_bits'],
  ip: ['host'],
  tty: ['path'],
  serial: ['path'],
  timeout: ['timeout_ms'],
  quarantine: ['quarantine_ms'],
  fire_deadline: ['fire_deadline_ms'],
  max: ['high'],
  min: ['low'],
  hysteresis: ['deadband'],
  type: ['profile', 'transport', 'kind'],
  model: ['profile'],
  area: ['zone'],
  location: ['place'],
};

function both(zh: string, en: string): Words {
  return { zh, en };
}

function write(text: string): Words {
  return both(`写 ${text}`, `write ${text}`);
}

function byKey(key: string, got: string): Words | null {
  switch (key) {
    case 'host':
      return hostHint(got);
    case 'path':
      return pathHint(got);
    case 'url':
      return /^[A-Za-z0-9.-]+(?::\d+)?$/.test(got) ? write(`mqtt://${got}`) : null;
    case 'role': {
      const meant = didYouMean(got, roles);
      const guess = meant === null ? both('', '') : both(`是不是 ${meant}？`, `did you mean ${meant}? `);
      return both(
        `没有这个角色；${guess.zh}全部角色见 config/vocabulary.ts`,
        `no such role; ${guess.en}the roles stand in config/vocabulary.ts`,
      );
    }
    default:
      return idHint(key, got);
  }
}

function hostHint(got: string): Words | null {
  const [, scheme, bare = '', port] = /^([a-z]+:\/\/)?([^/:]+)(?::(\d+))?\/?$/i.exec(got) ?? [];
  if (scheme !== undefined || port !== undefined) {
    const more = port === undefined ? '' : `, port: ${port}`;
    return both(
      `只写主机，不带 http:// 和端口：host: ${bare}${more}`,
      `the host alone, without http:// and port: host: ${bare}${more}`,
    );
  }
  if (/^[\d.]+$/.test(got) && isIP(got) === 0) {
    return both(
      'IP 地址是四个 0 到 255 的数，例如 192.168.1.20',
      'an IP address has four numbers from 0 to 255, such as 192.168.1.20',
    );
  }
  return got.includes('_')
    ? both('主机名里不能有下划线；可以直接写 IP 地址', 'a host name has no underscore; the IP address will do')
    : null;
}

function pathHint(got: string): Words | null {
  if (/^COM\d+$/i.test(got)) {
    return both(
      `${got} 是 Windows 的叫法；本机写 /dev/ttyUSB0 这样的路径（ls /dev/serial/by-id 可以看到）`,
      `${got} is what Windows says; here it is a path such as /dev/ttyUSB0 (see ls /dev/serial/by-id)`,
    );
  }
  return /^tty[A-Za-z0-9]+$/.test(got) ? write(`/dev/${got}`) : null;
}

const idKeys: ReadonlySet<string> = new Set([
  'id',
  'line',
  'zone',
  'device',
  'profile',
  'district',
  'variant',
  'message',
  'amplifier',
]);

function idHint(key: string, got: string): Words | null {
  if (!idKeys.has(key) || idPattern.test(got)) return null;
  const plain = got
    .toLowerCase()
    .replace(/[\s_./]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return idPattern.test(plain) ? both(`是不是 ${plain}？`, `did you mean ${plain}?`) : null;
}

function numberHint(key: string, got: string, { kinds, values }: Wanted): Words | null {
  if (!kinds.includes('number') && !values.some((value) => typeof value === 'number')) return null;
  const text = got.trim();
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return both(`去掉引号：${text}`, `take the quotes off: ${text}`);
  const format = /^(\d+)[\s,/]+([78])([NEO])([12])$/i.exec(text);
  if (key === 'baud' && format !== null) {
    const [, baud, data, letter = '', stop] = format;
    return write(`baud: ${baud}, data_bits: ${data}, parity: ${parities[letter.toLowerCase()]}, stop_bits: ${stop}`);
  }
  const [, digits, unit] = /^(-?\d+(?:\.\d+)?)\s*([^\d\s].*)$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return null;
  const number = key.endsWith('_ms') && unit === 's' ? String(Number(digits) * 1000) : digits;
  return both(`只写数字，不写单位：${number}`, `the number alone, without its unit: ${number}`);
}

const parities: Readonly<Record<string, string>> = { n: 'none', e: 'even', o: 'odd' };

/** Words that people use for values of the lists below. */
const otherValues: Readonly<Record<string, string>> = {
  ...parities,
  rtu: 'serial',
  rs485: 'serial',
  modbus_tcp: 'tcp',
  no: 'normally_open',
  nc: 'normally_closed',
  常开: 'normally_open',
  常闭: 'normally_closed',
  无: 'none',
  偶: 'even',
  奇: 'odd',
  串口: 'serial',
  警铃: 'siren',
  警灯: 'strobe',
  指示灯: 'lamp',
  功放: 'amplifier',
  心跳: 'heartbeat',
  火警: 'fire',
  预警: 'warning',
  监管: 'supervisory',
  故障: 'fault',
  提示: 'technical',
};

function listHint(got: string, { values }: Wanted): Words | null {
  const words = values.filter((value) => typeof value === 'string');
  const plain = got.toLowerCase().replaceAll('-', '_');
  const other = Object.hasOwn(otherValues, plain) ? otherValues[plain] : undefined;
  const same = words.find((word) => word.toLowerCase().replaceAll('-', '_') === plain);
  const meant = same ?? (other !== undefined && words.includes(other) ? other : null);
  if (meant !== null) return write(meant);
  const near = didYouMean(plain, words);
  return near === null ? null : both(`是不是 ${near}？`, `did you mean ${near}?`);
}
