import type { RetryClass } from '../config/problem.js';

/** Failures of the physical world, declared once. Match on `code`, never on text. */
export const driverErrors = {
  'LINK-001': { zh: '串口不存在', en: 'the serial device does not exist', retry: 'later' },
  'LINK-002': { zh: '没有权限打开串口', en: 'no permission to open the serial device', retry: 'later' },
  'LINK-003': { zh: '串口已被其他程序占用', en: 'the serial device is in use by another program', retry: 'later' },
  'LINK-004': { zh: '串口打不开', en: 'the serial device can not be opened', retry: 'later' },
  'LINK-005': { zh: '连接断开', en: 'the serial device or connection went away', retry: 'later' },
  'LINK-006': { zh: '写入失败', en: 'writing to the line failed', retry: 'later' },
  'LINK-007': { zh: '网络设备连不上', en: 'the network device can not be reached', retry: 'later' },
  'LINK-008': { zh: '网络设备拒绝连接', en: 'the network device refuses the connection', retry: 'later' },
  'LINK-009': { zh: '查不到网络设备的名称', en: 'the name of the network device can not be resolved', retry: 'later' },
  'BUS-001': { zh: '设备无应答', en: 'the unit did not answer', retry: 'now' },
  'BUS-002': { zh: '设备返回异常码', en: 'the unit answered with an exception', retry: 'now' },
  'BUS-003': { zh: '线路未打开', en: 'the line is not open', retry: 'later' },
  'BUS-004': { zh: '线路已停止', en: 'the line has been stopped', retry: 'never' },
  'BUS-005': {
    zh: '线路上一直有杂音，没有空闲',
    en: 'the line is never silent: noise, or a second master',
    retry: 'now',
  },
  'BUS-006': { zh: '应答有误码', en: 'the answer came garbled', retry: 'now' },
  'BUS-007': { zh: '网关应答格式错误', en: 'the answer breaks the rules of Modbus TCP', retry: 'later' },
  'PIN-001': { zh: '没有 GPIO', en: 'there is no GPIO here', retry: 'never' },
  'PIN-002': { zh: 'GPIO 引脚打不开', en: 'the GPIO pin can not be opened', retry: 'later' },
  'PIN-003': { zh: 'GPIO 引脚读写失败', en: 'the GPIO pin can not be read or set', retry: 'now' },
  'BOX-001': { zh: '网关自身的数据读不出', en: 'the box does not tell this figure now', retry: 'later' },
  'BOX-002': { zh: 'UPS 板无应答', en: 'the UPS board does not answer', retry: 'later' },
  'BOX-003': { zh: 'UPS 板读不了：缺少 koffi', en: 'the UPS board can not be asked: koffi is missing', retry: 'never' },
  'BOX-004': { zh: 'UPS 板的数据无效', en: 'what the UPS board says can not be true', retry: 'now' },
  'MODEM-001': { zh: '短信模块无应答，已重启它', en: 'the modem does not answer and is started anew', retry: 'later' },
  'MODEM-002': { zh: '没有 SIM 卡', en: 'there is no SIM in the modem', retry: 'later' },
  'MODEM-003': { zh: 'SIM 卡要 PIN 码', en: 'the SIM asks for its PIN', retry: 'later' },
  'MODEM-004': { zh: 'SIM 卡拒绝了 PIN 码', en: 'the SIM refused the PIN', retry: 'later' },
  'MODEM-005': { zh: 'SIM 卡已锁，要 PUK 码', en: 'the SIM is locked and asks for its PUK', retry: 'later' },
  'MODEM-006': { zh: '没有移动网络', en: 'no mobile network', retry: 'later' },
  'MODEM-007': { zh: '网络不收这条短信', en: 'the network refused the message', retry: 'later' },
  'MODEM-008': { zh: '模块或 SIM 卡不能发短信', en: 'modem or SIM can send no messages', retry: 'later' },
  'VOICE-001': { zh: '播报被新的内容打断', en: 'cut off by something newer; no fault', retry: 'never' },
  'VOICE-002': { zh: '找不到音频文件或曲目', en: 'there is no such sound file or track', retry: 'later' },
  'VOICE-003': { zh: '语音芯片无应答', en: 'the voice chip does not answer', retry: 'later' },
  'VOICE-004': { zh: '语音芯片拒绝播放', en: 'the voice chip refuses to play', retry: 'later' },
  'VOICE-005': { zh: '文字中有无法朗读的字符', en: 'the text has characters that can not be spoken', retry: 'never' },
  'VOICE-006': { zh: '没有安装播放程序', en: 'the player program is not installed', retry: 'later' },
  'VOICE-007': { zh: '播放程序出错', en: 'the player program failed', retry: 'later' },
  'VOICE-008': { zh: '该喇叭不能播放这类内容', en: 'this loudspeaker can not play this', retry: 'never' },
  'VOICE-009': { zh: '播放超时，已中止', en: 'playing took too long and was ended', retry: 'later' },
  'VOICE-010': { zh: '音频文件不是 PCM 格式的 WAV', en: 'the sound file is no WAV with PCM samples', retry: 'never' },
} as const satisfies Record<string, { zh: string; en: string; retry: RetryClass }>;
export type DriverErrorCode = keyof typeof driverErrors;

export class DriverError extends Error {
  constructor(
    readonly code: DriverErrorCode,
    /** What it happened to: `/dev/ttyUSB0`, `unit 5 holding 16+1`, `GPIO17`. */
    readonly where: string,
    /** For BUS-002 the Modbus exception code, else what the system said, cut short. */
    readonly got: string | null = null,
    cause?: unknown,
  ) {
    super(`${where}: ${driverErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
    this.name = 'DriverError';
  }
}
