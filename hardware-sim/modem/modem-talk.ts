/** What a person at the simulated modem types. */
import type { Words } from '../../config/vocabulary.js';
import type { CellNetwork, SimCard } from './modem-knobs.js';
import type { SimAtModem } from './sim-at-modem.js';

export const modemHelp: Words = {
  zh: `sim ready|missing|pin|puk   SIM 卡
network home|roaming|searching|denied|none   网络    signal 0…31|99   信号
hang soft|hard|none   死机    power off|on   断电、上电
late 毫秒   结果晚到    fail 代码 …   接下来的短信以 +CMS ERROR 拒绝
mix 行 …   夹在应答中间的主动上报（空格写作 _，不写则停止）    urc 行   立即上报
receive 号码 文字   收到短信
sent   发出过什么    quit   结束`,
  en: `sim ready|missing|pin|puk
network home|roaming|searching|denied|none    signal 0…31|99
hang soft|hard|none    power off|on
late MS   the result comes later    fail CODE …   the next messages are refused with +CMS ERROR
mix LINE …   said in the middle of answers (_ for a blank; without any: no more)    urc LINE   said now
receive NUMBER TEXT   a message comes
sent   what was sent    quit   ends it`,
};

const sims: readonly SimCard[] = ['ready', 'missing', 'pin', 'puk'];
const networks: readonly CellNetwork[] = ['home', 'roaming', 'searching', 'denied', 'none'];
const lateMaxMs = 600_000;

/** False: not understood. */
export function obeyModemLine(modem: SimAtModem, line: string): boolean {
  const [verb, first = '', ...rest] = line.split(/\s+/);
  const { knobs } = modem;
  const number = Number(first);
  const isNumber = first !== '' && Number.isInteger(number) && number >= 0;
  switch (verb) {
    case 'sim': {
      const sim = sims.find((each) => each === first);
      if (sim !== undefined) modem.setSim(sim);
      return sim !== undefined;
    }
    case 'network': {
      const network = networks.find((each) => each === first);
      if (network !== undefined) modem.setNetwork(network);
      return network !== undefined;
    }
    case 'signal':
      if (!isNumber || (number > 31 && number !== 99)) return false;
      knobs.signal = number;
      return true;
    case 'hang':
      if (first !== 'soft' && first !== 'hard' && first !== 'none') return false;
      knobs.hang = first;
      return true;
    case 'power':
      if (first !== 'on' && first !== 'off') return false;
      modem.setPower(first === 'on');
      return true;
    case 'late':
      if (!isNumber || number > lateMaxMs) return false;
      knobs.lateMs = number;
      return true;
    case 'fail': {
      const codes = [first, ...rest].map(Number);
      if (codes.some((code) => !Number.isInteger(code) || code < 0)) return false;
      knobs.cmsErrors.push(...codes);
      return true;
    }
    case 'mix':
      knobs.mixes = [first, ...rest].filter((each) => each !== '').map((each) => each.replaceAll('_', ' '));
      return true;
    case 'urc':
      modem.urc([first, ...rest].join(' '));
      return first !== '';
    case 'receive':
      return /^\+?[0-9]{3,15}$/.test(first) && modem.receive(first, rest.join(' '));
    default:
      return false;
  }
}
