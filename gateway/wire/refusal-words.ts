/** Why a question or an order to the wire is refused, and what to do instead. */
import type { Words } from '../../config/vocabulary.js';
import { type DriverError, driverErrors } from '../../drivers/driver-error.js';
import { readMax, type WireFailed, type WireRefusal, type WireRefused } from './wire-request.js';

const words: Readonly<Record<WireRefusal, Words>> = {
  'unknown-line': { zh: '站点文件中没有这条线路', en: 'the site file has no such line' },
  'not-modbus': {
    zh: '这条线路上的设备不说 Modbus',
    en: 'the devices of this line do not speak Modbus',
  },
  'unknown-device': { zh: '站点文件中没有这个设备', en: 'the site file has no such device' },
  'unknown-action': { zh: '该设备的型号没有这个动作', en: 'the profile of this device has no such action' },
  'too-many': {
    zh: `一次最多读 ${readMax.registers} 个寄存器或 ${readMax.bits} 位`,
    en: `one question reads ${readMax.registers} registers or ${readMax.bits} bits at most`,
  },
  busy: {
    zh: '线路正忙：火警巡检优先，请稍后再问',
    en: 'the line has no time: the fire scan goes first; ask again in a moment',
  },
  broadcast: { zh: '地址 0 是广播，不写', en: 'address 0 is a broadcast; nothing is written to all at once' },
  forbidden: { zh: '型号文件禁止碰这个地址', en: 'the profile forbids this address' },
  function: { zh: '该型号不认识写入所需的功能码', en: 'the model knows no function that writes this' },
  'bad-value': { zh: '线圈用 0 或 1；寄存器用 0 至 65535', en: 'a coil takes 0 or 1, a register 0 to 65535' },
  moving: {
    zh: '这个寄存器改地址或波特率，请用 gengfu address 或 gengfu baud',
    en: 'this register changes the address or the baud rate; use gengfu address or gengfu baud',
  },
  action: {
    zh: '这个寄存器属于该型号的动作，请用 gengfu write 设备 动作',
    en: 'this register belongs to an action of the model; use gengfu write DEVICE ACTION',
  },
  output: {
    zh: '这里接着站点文件中的警铃或灯，网关运行时由网关独管；试鸣请用 gengfu test',
    en: 'a siren or lamp of the site file hangs here, and the running gateway alone switches it; use gengfu test',
  },
  'needs-asking': {
    zh: '会响、会送断电或型号不明：去掉 --yes 由人确认，或加 --i-know',
    en: 'it sounds, moves power, or the model is unknown: leave --yes out and be asked, or add --i-know',
  },
  'needs-state': { zh: '前提不满足', en: 'what it needs is not so' },
  'not-seen': {
    zh: '前提看不到：该点没有可信的读数',
    en: 'what it needs can not be seen: the point has no good reading',
  },
};

/** `detail` is put behind the reason. */
export function refusedBy(reason: WireRefusal, detail: Words | null = null): WireRefused {
  const { zh, en } = words[reason];
  const why = detail === null ? { zh, en } : { zh: `${zh}（${detail.zh}）`, en: `${en} (${detail.en})` };
  return { wire: 'refused', reason, why };
}

export function failedBy({ code, where, got }: DriverError): WireFailed {
  const { zh, en } = driverErrors[code];
  const told = got === null ? '' : `, ${got}`;
  return { wire: 'failed', code, why: { zh: `${zh}（${where}${told}）`, en: `${en} (${where}${told})` } };
}
