/** Why a report was not carried, as whoever asked is told. */
import { UplinkError } from '../uplink.js';
import type { GbFailure } from './session-types.js';

/** Of an exchange that was sent once and `resends` times again. */
export function exchangeFailure(where: string, why: GbFailure, resends: number): UplinkError {
  if (why === 'lost') return new UplinkError('UPLINK-003', where);
  const times = resends + 1;
  return new UplinkError(
    'UPLINK-005',
    where,
    why === 'denied' ? `denied ${times} times` : `not confirmed ${times} times`,
  );
}

/** Of what can not be written in this language. */
export function unsayable(where: string, error: unknown): UplinkError {
  if (error instanceof UplinkError) return error;
  return new UplinkError('UPLINK-024', where, error instanceof Error ? error.message : null, error);
}
