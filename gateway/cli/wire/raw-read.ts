/** Registers by hand, in as many questions as the line, the unit and a running gateway want. */
import type { SiteConfig } from '../../../config/site.js';
import { pause } from '../../../drivers/clock.js';
import { readMax, type WireAnswer, type WireRequest } from '../../wire/wire-request.js';
import type { WireWay } from '../../wire/wire-way.js';
import { unitAt } from '../../wire/write-guard.js';
import type { RawPlace } from './place-options.js';
import type { WireIo } from './wire-io.js';

/** A gateway that has no time now has some soon, ms. */
const busyPauseMs = 1000;
const busyTriesMax = 10;

/** All values, or the first answer that was none. */
export async function readRaw(
  way: WireWay,
  config: SiteConfig | null,
  { line, unit, table, address, count }: RawPlace,
  { clock }: Pick<WireIo, 'clock'>,
): Promise<WireAnswer> {
  const isBit = table === 'coil' || table === 'discrete';
  const limits = config === null ? null : (unitAt(config, line, unit)?.limits ?? null);
  const own = limits === null ? count : isBit ? limits.maxBits : limits.maxRead;
  const most = Math.max(1, way.isWatched ? Math.min(own, isBit ? readMax.bits : readMax.registers) : own);
  const values: number[] = [];
  while (values.length < count) {
    const request = {
      ...({ ask: 'wire-read', line, unit, table } as const),
      ...{ address: address + values.length, count: Math.min(most, count - values.length) },
    };
    const answer = await askAgain(() => askInTurn(way, request, clock));
    if (answer.wire !== 'values') return answer;
    if (answer.values.length === 0) break;
    values.push(...answer.values);
  }
  return { wire: 'values', values };
}

/** One answer that was lost says nothing of a unit: whoever got none asks a second time, as the scan does. For what may be done twice. */
export async function askAgain(ask: () => Promise<WireAnswer>): Promise<WireAnswer> {
  const first = await ask();
  return first.wire === 'failed' && lostCodes.has(first.code) ? ask() : first;
}

/** No answer, and a garbled one. */
const lostCodes: ReadonlySet<string> = new Set(['BUS-001', 'BUS-006']);

async function askInTurn(way: WireWay, request: WireRequest, clock: WireIo['clock']): Promise<WireAnswer> {
  let answer = await way.ask(request);
  for (let tries = 1; isBusy(answer) && tries < busyTriesMax; tries++) {
    await pause(clock, busyPauseMs);
    answer = await way.ask(request);
  }
  return answer;
}

function isBusy(answer: WireAnswer): boolean {
  return answer.wire === 'refused' && answer.reason === 'busy';
}
