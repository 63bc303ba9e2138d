/** What a search tells of lines and units that are not as they should be, each with what to do. */
import type { Words } from '../../config/vocabulary.js';
import { type DriverError, driverErrors } from '../../drivers/driver-error.js';
import { formatText } from './search-plan.js';
import type { SurveyFormat } from './survey.js';

/** Two units of one address that answer at the same time. */
export function twinsGarbled(address: number): Words {
  return {
    zh: `地址 ${address} 有应答但每次都是乱码，而相邻地址正常：很可能有两台设备用同一地址。断开其中一台，改好地址再接回`,
    en: `address ${address} answers, each time garbled, while its neighbours are fine: most likely two units have this address. Disconnect one, change its address, connect it again`,
  };
}

/** Two answers, one after the other. */
export function twinsHeard(address: number): Words {
  return {
    zh: `地址 ${address} 对一次询问应答了两次：有两台设备用同一地址。断开其中一台，改好地址再接回`,
    en: `address ${address} answers one question twice: two units have this address. Disconnect one, change its address, connect it again`,
  };
}

/** The same question, answered differently in kind. */
export function twinsDiffer(address: number): Words {
  return {
    zh: `地址 ${address} 对同一询问的应答时而不同：可能有两台设备用同一地址。逐台断开再找一次`,
    en: `address ${address} answers the same question now so, now otherwise: there may be two units with this address. Disconnect one and look again`,
  };
}

export function brokenAnswers(address: number): Words {
  return {
    zh: `地址 ${address} 的应答有误码：检查接线、终端电阻和接地`,
    en: `some answers of address ${address} came broken: check wiring, termination and ground`,
  };
}

export function noise(format: SurveyFormat | null, bytes: number): Words {
  const at = format === null ? '' : formatText(format);
  return {
    zh: `没有询问时线上也有信号（${at} 收到 ${bytes} 字节）：有自己发送的设备、另一台主机，或干扰。先把它断开再找`,
    en: `something is heard without a question (${bytes} bytes at ${at}): a device that speaks by itself, a second master, or noise. Disconnect it and look again`,
  };
}

export function garbledAmidNoise(addresses: readonly number[]): Words {
  const list = addresses.join(', ');
  return {
    zh: `线上有杂音，地址 ${list} 听不清：排除杂音后再找一次`,
    en: `the line is noisy, and addresses ${list} can not be made out: look again when it is quiet`,
  };
}

export function universalOnly(address: number, format: SurveyFormat | null): Words {
  const at = format === null ? '' : formatText(format);
  return {
    zh: `${at}：通用地址 ${address} 有应答，但逐个地址都没有找到：线上有设备，检查它的地址是否在所查范围内`,
    en: `${at}: the universal address ${address} was answered and no single address: a unit is there; is its address among those that were asked?`,
  };
}

export function answersEverywhere(): Words {
  return {
    zh: '它对任何地址都应答：只有一台设备，只列出最低的地址',
    en: 'it answers to whatever address: it is one device, and only the lowest address is listed',
  };
}

/** By whom, when that can be seen. */
export function heldBy(
  path: string,
  holder: { readonly pid: number; readonly name: string; readonly isGateway: boolean } | null,
): Words {
  if (holder === null) {
    return {
      zh: `${path} 已被其他程序占用：如果是网关在运行，先停下（systemctl stop gengfu），找完再启动`,
      en: `${path} is in use by another program: if it is a running gateway, stop it (systemctl stop gengfu), look, and start it again`,
    };
  }
  const { pid, name, isGateway } = holder;
  return isGateway
    ? {
        zh: `${path} 正由运行中的网关使用（进程 ${pid}）：先停下（systemctl stop gengfu），找完再启动（systemctl start gengfu）`,
        en: `${path} is used by a running gateway (process ${pid}): stop it (systemctl stop gengfu), look, and start it again (systemctl start gengfu)`,
      }
    : {
        zh: `${path} 已被程序 ${name} 占用（进程 ${pid}）：先退出它`,
        en: `${path} is in use by ${name} (process ${pid}): end that first`,
      };
}

const nextSteps: Partial<Record<DriverError['code'], Words>> = {
  'LINK-001': { zh: '检查适配器是否插好、路径是否写对', en: 'is the adapter plugged in, and the path right?' },
  'LINK-002': {
    zh: '用 sudo，或把用户加入 dialout 组后重新登录',
    en: 'use sudo, or add the user to the group dialout and sign in again',
  },
  'LINK-005': { zh: '检查适配器和网线后再找一次', en: 'check adapter and cable, and look again' },
  'LINK-007': { zh: '检查地址、网线和设备电源', en: 'check the address, the cable and its supply' },
  'LINK-008': { zh: '检查端口号（Modbus TCP 通常为 502）', en: 'check the port number (502 is usual for Modbus TCP)' },
  'LINK-009': { zh: '改用 IP 地址', en: 'use its IP address' },
};

export function linkFailed(where: string, error: DriverError): Words {
  const { zh, en } = driverErrors[error.code];
  const next = nextSteps[error.code];
  return {
    zh: `${where}：${zh}${next === undefined ? '' : `；${next.zh}`}（${error.code}）`,
    en: `${where}: ${en}${next === undefined ? '' : `; ${next.en}`} (${error.code})`,
  };
}
