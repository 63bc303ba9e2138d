import type { RetryClass } from '../config/problem.js';

/** Failures of the physical world, declared once. Match on `code`, never on text. */
export const driverErrors = {
  'LINK-001': { zh: '串口不存在', en: 'the serial device does not exist', retry: 'later' },
  'LINK-002': { zh: '没有权限打开串口', en: 'no permission to open the serial device', retry: 'later' },
  'LINK-003': { zh: '串口已被其他程序占用', en: 'the serial device is in use by another program', retry: 'later' },
  'LINK-004': { zh: '串口打不开', en: 'the serial device can not be opened', retry: 'later' },
  'LINK-005': { zh: '串口断开', en: 'the serial device went away', retry: 'later' },
  'LINK-006': { zh: '串口写入失败', en: 'writing to the serial device failed', retry: 'later' },
  'BUS-001': { zh: '设备无应答', en: 'the unit did not answer', retry: 'now' },
  'BUS-002': { zh: '设备返回异常码', en: 'the unit answered with an exception', retry: 'now' },
  'BUS-003': { zh: '线路未打开', en: 'the line is not open', retry: 'later' },
  'BUS-004': { zh: '线路已停止', en: 'the line has been stopped', retry: 'never' },
  'BUS-005': {
    zh: '线路上一直有杂音，没有空闲',
    en: 'the line is never silent: noise, or a second master',
    retry: 'now',
  },
  'PIN-001': { zh: '没有 GPIO', en: 'there is no GPIO here', retry: 'never' },
  'PIN-002': { zh: 'GPIO 引脚打不开', en: 'the GPIO pin can not be opened', retry: 'later' },
  'PIN-003': { zh: 'GPIO 引脚读写失败', en: 'the GPIO pin can not be read or set', retry: 'now' },
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
