/** How it stands with one centre of a running gateway, and with the modem of short messages. Pure. */
import { networkStates, simStates } from '../../config/modem-states.js';
import type { Words } from '../../config/vocabulary.js';
import type { DoctorUplink } from '../doctor/doctor-facts.js';
import { plain, words } from './finding.js';
import { ago, good, type Line } from './finding-lines.js';
import { describeMoment } from './moment.js';

const oldBacklogMs = 24 * 3_600_000;
/** Chosen: a message still goes at less, but often not at the first try. */
const weakDbm = -100;

export function uplinkLines(uplink: DoctorUplink): readonly Line[] {
  return [uplinkLine(uplink), ...modemLines(uplink)];
}

function uplinkLine(uplink: DoctorUplink): Line {
  const { id, isUp, path, sinceWall, error, queued, oldestWall, unkept, carriedAgoMs } = uplink;
  const what = words(`上传通道 ${id}`, `uplink ${id}`);
  const waiting = queued.fire + queued.journal + queued.telemetry;
  const since =
    sinceWall === null
      ? plain('')
      : words(`，始于 ${describeMoment(sinceWall)}`, ` since ${describeMoment(sinceWall)}`);
  const oldest =
    oldestWall === null
      ? plain('')
      : words(`，最早 ${describeMoment(oldestWall)}`, `, oldest ${describeMoment(oldestWall)}`);
  const carried = agoOr(carriedAgoMs);
  const heard = path === undefined ? null : agoOr(path.heardAgoMs);
  const heardPart = heard === null ? plain('') : words(`；最近收到：${heard.zh}`, `; last heard: ${heard.en}`);
  const why = error === null ? plain('') : words(`（${error.zh}）`, ` (${error.en})`);
  const state = stateWords(uplink);
  // A message waits for its time on purpose, and nobody sends receipts for it.
  const isSms = uplink.way === 'sms';
  const parts = isSms
    ? words(
        `火警 ${queued.fire}；按 after_s 和静默时段等待的也在内`,
        `fire ${queued.fire}; those that wait by after_s and quiet hours, too`,
      )
    : words(`火警 ${queued.fire}，遥测 ${queued.telemetry}`, `fire ${queued.fire}, telemetry ${queued.telemetry}`);
  const receipts = isSms ? plain('') : words(`；待回执 ${unkept}`, `; not kept yet ${unkept}`);
  const figure = words(
    `${state.zh}${since.zh}${why.zh}；待传 ${waiting}（${parts.zh}）${oldest.zh}${receipts.zh}；最近送达：${carried.zh}${heardPart.zh}`,
    `${state.en}${since.en}${why.en}; queued ${waiting} (${parts.en})${oldest.en}${receipts.en}; last carried: ${carried.en}${heardPart.en}`,
  );
  const isDead = isUp && path?.isDead === true;
  const isSlow = oldestWall !== null && waiting > 0 && carriedAgoMs !== null && carriedAgoMs > oldBacklogMs;
  if (isUp && !isDead && !isSlow) return good(what, figure);
  return { what, figure, budget: null, severity: isUp && !isDead ? 'hint' : 'problem', fix: fixOf(uplink, isDead) };
}

function stateWords({ isUp, path, way }: DoctorUplink): Words {
  if (!isUp) return words('断开', 'down');
  if (path?.isDead === true) return words('看似连接，无响应', 'open, but dead');
  return way === 'sms' ? words('就绪', 'ready') : words('已连接', 'up');
}

/** The error has said what is known; this is where to look besides. */
function fixOf({ way }: DoctorUplink, isDead: boolean): Words {
  if (isDead) {
    return words('检查网络；请平台看接收程序是否在运行', 'check the network; ask the centre whether its receiver runs');
  }
  switch (way) {
    case 'gb26875':
      return words(
        '检查网络、host、port、账号；都对就请平台看接收程序是否运行、本机地址是否登记',
        'check network, host, port and account; if they are right, ask the centre whether its receiver runs and knows our address',
      );
    case 'http':
      return words('检查网络、url、令牌或账号、证书', 'check network, url, token or account, and certificates');
    case 'sms':
      return words('检查模块的供电、天线、SIM 卡', 'check the supply of the modem, its aerial and its SIM');
    default:
      return words('检查网络、地址、账号和证书', 'check network, address, name and certificates');
  }
}

function modemLines({ id, modem }: DoctorUplink): readonly Line[] {
  if (modem === undefined || modem === null) return [];
  const { signalDbm, sim, network } = modem;
  // It does not answer: the line above has said so.
  if (signalDbm === null && sim === null && network === null) return [];
  const what = words(`上传通道 ${id} 的短信模块`, `SMS modem of uplink ${id}`);
  const simState = simStates.find(({ key }) => key === sim);
  const netState = networkStates.find(({ key }) => key === network);
  const unknown = words('还不知道', 'not known yet');
  const [card, net] = [simState?.names ?? unknown, netState?.names ?? unknown];
  const signal = signalDbm === null ? unknown : plain(`${signalDbm} dBm`);
  const figure = words(
    `信号：${signal.zh}，SIM 卡：${card.zh}，移动网络：${net.zh}`,
    `signal: ${signal.en}, SIM: ${card.en}, mobile network: ${net.en}`,
  );
  const isBad = [simState, netState].some((state) => state !== undefined && state.severity !== 'normal');
  if (isBad) {
    const fix =
      simState !== undefined && simState.severity !== 'normal'
        ? words(
            '断电后重新插卡；要 PIN 就写 pin_file',
            'cut the supply and insert the SIM again; with a PIN, write pin_file',
          )
        : words(
            '检查天线、卡是否欠费、是否开通短信',
            'check the aerial, and that the SIM is paid for and may send SMS',
          );
    return [{ what, figure, budget: null, severity: 'problem', fix }];
  }
  if (signalDbm === null || signalDbm >= weakDbm) return [good(what, figure)];
  const fix = words(
    '把天线移到窗边、屋顶，或换运营商',
    'move the aerial to a window or the roof, or take another operator',
  );
  return [{ what, figure, budget: plain(`≥ ${weakDbm} dBm`), severity: 'hint', fix }];
}

function agoOr(ms: number | null): Words {
  return ms === null ? words('启动后还没有', 'none since the start') : ago(ms);
}
