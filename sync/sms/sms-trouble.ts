/** What is wrong with a modem, as an uplink tells it. Pure. */
import type { DriverError, DriverErrorCode } from '../../drivers/driver-error.js';
import { UplinkError, type UplinkErrorCode } from '../uplink.js';

const codes: Partial<Readonly<Record<DriverErrorCode, UplinkErrorCode>>> = {
  'MODEM-001': 'UPLINK-042',
  'MODEM-002': 'UPLINK-043',
  'MODEM-003': 'UPLINK-044',
  'MODEM-004': 'UPLINK-045',
  'MODEM-005': 'UPLINK-046',
  'MODEM-006': 'UPLINK-047',
  'MODEM-008': 'UPLINK-048',
};

export function uplinkTrouble(error: DriverError): UplinkError {
  return new UplinkError(codes[error.code] ?? 'UPLINK-041', error.where, error.got, error);
}
