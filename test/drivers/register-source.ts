/** A source of registers in which only what a test says is odd. */
import { brandId } from '../../config/ids.js';
import type { RegisterSource, Table, UnitLimits } from '../../config/site.js';

export function source(table: Table, address: number, changes: Partial<RegisterSource> = {}): RegisterSource {
  return {
    kind: 'register',
    device: brandId('unit-1'),
    table,
    address,
    type: 'u16',
    order: 'ABCD',
    bits: null,
    scan: 'fast',
    forceBreak: false,
    states: null,
    scale: 1,
    offset: 0,
    scaleFrom: null,
    unitFrom: null,
    invalid: [],
    validRange: null,
    faultBelow: null,
    faultAbove: null,
    maxStep: null,
    validIf: null,
    agreesWith: null,
    warmUpMs: 0,
    ...changes,
  };
}

export function limits(changes: Partial<UnitLimits> = {}): UnitLimits {
  return { maxRead: 8, maxBits: 8, maxGap: 0, maxBitGap: 0, forbidden: [], ...changes };
}
