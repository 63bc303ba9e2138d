/** A district that keeps what it is told and says nothing, or has to begin again. */
import { type FaultKind, kindOf } from './fault-kind.js';
import { holdBy } from './hold.js';

const minuteMs = 60_000;

export const centreFaults: readonly FaultKind[] = [
  kindOf({
    name: 'centre-ill',
    promise: 'without receipts nothing is taken for kept, where receipts are asked for, and nothing is lost',
    ...{ perHour: 0.6, lastsMs: [1_000, 30 * minuteMs] },
    aim: () => ({
      ...{ parts: ['uplink'], note: 'ill' },
      begin: ({ outside: { centre } }) => holdBy(centre, 'ill', false, (to) => centre.setIll(to), true),
    }),
  }),
];
