/** Ways to break the product on purpose: who judges it must see each of them. */

export interface Mutation {
  readonly name: string;
  /** What is broken, one sentence. */
  readonly what: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** A second place, where the product looks twice. */
  readonly also?: Pick<Mutation, 'file' | 'find' | 'replace'>;
  /** Who is expected to say so. */
  readonly checker: string;
  /** Virtual hours; default 1. */
  readonly hours?: number;
  /** Nothing happens: for what only time shows. */
  readonly isQuiet?: boolean;
}

export const mutations: readonly Mutation[] = [
  {
    name: 'latch-forgotten',
    what: 'a fire that returns to normal forgets its alarm',
    file: 'gateway/alarm/work.ts',
    find: 'const isKept = latchesUntilReset[facets.class];',
    replace: 'const isKept = false;',
    checker: 'latch-holds',
  },
  {
    name: 'facets-not-saved',
    what: 'the saved state of alarms is not written, so a restart forgets them',
    file: 'gateway/alarm/alarm-keeper.ts',
    find: 'return this.options.journal.append({ drafts, facets, marks, commands });',
    replace: 'return this.options.journal.append({ drafts, facets: [], marks, commands });',
    checker: 'latch-holds',
  },
  {
    name: 'silence-sticks',
    what: 'a new alarm of the same detector does not sound again after a silence',
    file: 'gateway/alarm/orders.ts',
    find: "return 'order' in upTo ? alarm.order <= upTo.order : alarm.raisedMono <= upTo.raisedBeforeMono;",
    replace: 'return true;',
    checker: 'silence-hides-nothing',
  },
  {
    name: 'bad-is-normal',
    what: 'a reading that failed counts as no fault of its unit',
    file: 'gateway/scan/unit-health.ts',
    find: 'return { mode: isSilent ?',
    replace: 'return { mode: isSilent && nowMono < 0 ?',
    checker: 'lost-sensor',
  },
  {
    name: 'pin-is-nobodys',
    what: 'a pin that can not be read counts as lost with something else',
    file: 'drivers/gpio/pin-device.ts',
    find: "unseenReading(point, 'pin-error', nowMono, frame)",
    replace: "unseenReading(point, 'silent', nowMono, frame)",
    checker: 'lost-sensor',
  },
  {
    name: 'siren-not-wanted',
    what: 'alarms of the second minute on want no siren',
    file: 'gateway/annunciator/desired-outputs.ts',
    find: 'if (alarm === null || facets.service !== null) continue;\n    for (const plan of plans) {',
    replace:
      'if (alarm === null || facets.service !== null || nowMono > 60_000) continue;\n    for (const plan of plans) {',
    checker: 'fire-sounds',
  },
  {
    name: 'coil-not-reasserted',
    what: 'an output is ordered once and not looked at again for hours',
    file: 'gateway/annunciator/output-watch.ts',
    find: 'const reassertMs = 10_000;',
    replace: 'const reassertMs = 10_000_000;',
    checker: 'watchdog-honest',
  },
  {
    name: 'off-not-sent',
    what: 'an output is switched on and never off',
    file: 'gateway/annunciator/output-watch.ts',
    find: 'await handle.command(level);',
    replace: 'if (level) await handle.command(level);',
    checker: 'outputs-match',
  },
  {
    name: 'zones-ignored',
    what: 'an alarm takes the plans of every zone',
    file: 'gateway/annunciator/desired-outputs.ts',
    find: "return when.zones === 'all' || (zone !== null && when.zones.includes(zone));",
    replace: 'return true;',
    checker: 'no-output-without-reason',
  },
  {
    name: 'refused-is-forgotten',
    what: 'entries of a transaction that the disk refused are let go',
    file: 'sync/journal/store-writer.ts',
    find: 'this.options.waiting.returnTaken();',
    replace: 'this.options.waiting.forgetTaken();',
    checker: 'journal-whole',
  },
  {
    name: 'position-before-puback',
    what: 'the position moves over a report whose PUBACK never came',
    file: 'sync/pump.ts',
    find: "if (error.code === 'UPLINK-003') rows.putBack(row, this.options.clock.mono());",
    replace: "if (error.code === 'UPLINK-003') this.#finish(name, row, true);",
    checker: 'all-told',
  },
  {
    name: 'pump-not-woken',
    what: 'new rows wait until something else wakes the pump',
    file: 'gateway/runtime.ts',
    find: 'this.centres.wake(entries);',
    replace: 'if (entries.length > 50) this.centres.wake(entries);',
    checker: 'fire-told',
  },
  {
    name: 'city-not-flushed',
    what: 'what the city is to be told waits until something else goes there',
    file: 'sync/gb26875/gb-uplink.ts',
    find: 'const asked = this.#outbox.add(all, rank);\n    this.#flushLater();',
    replace: 'const asked = this.#outbox.add(all, rank);',
    checker: 'fire-told',
  },
  {
    name: 'city-unconfirmed-is-told',
    what: 'a report that the city never confirmed counts as told',
    file: 'sync/gb26875/outbox.ts',
    find: 'report.reject(error);',
    replace: 'report.resolve();',
    checker: 'board-true',
  },
  {
    name: 'city-old-word-last',
    what: 'an old reset behind a new fire is the last that the city hears of it',
    file: 'sync/gb26875/entry-objects.ts',
    find: 'standing.filter((each) => isOwn(each) && bitsOf(each) !== 0) : [];',
    replace: 'standing.filter(() => false) : [];',
    checker: 'board-true',
  },
  {
    name: 'expiry-ignored',
    what: 'an order is taken whenever it comes',
    file: 'sync/command-envelope.ts',
    find: "if (earliest(time) > expiresWall) return 'expired';",
    replace: '',
    also: {
      file: 'gateway/command/district/district-desk.ts',
      find: 'time.isSure && time.wall > row.expiresWall',
      replace: 'false',
    },
    checker: 'orders-once',
  },
  {
    name: 'signature-ignored',
    what: 'an order is taken whoever signed it',
    file: 'sync/command-envelope.ts',
    find: "if (!isSignedBy(envelope, 'command', key.publicKey)) return refused('bad-signature');",
    replace: '',
    checker: 'orders-once',
  },
  {
    name: 'command-in-memory-only',
    what: 'a restart forgets which orders were taken',
    file: 'gateway/command/district/command-memory.ts',
    find: 'new Map([...saved.map((row) => [row.id, row] as const), ...(this.#rows ?? [])])',
    replace: 'new Map(this.#rows ?? [])',
    checker: 'orders-once',
  },
  {
    name: 'window-without-end',
    what: 'any number of reports is on its way at once',
    file: 'sync/pump/send-window.ts',
    find: 'return this.#inFlight >= this.max();',
    replace: 'return false;',
    checker: 'queues-bounded',
  },
  {
    name: 'no-back-off',
    what: 'a broker that is away is asked again ten times a second',
    file: 'sync/reconnect-delay.ts',
    find: 'const jitterMs = floorMs + this.random() * this.#spanMs;',
    replace: 'const jitterMs = 100;',
    checker: 'no-storm',
  },
  {
    name: 'chatter-not-counted',
    what: 'every change of a flickering detector is written',
    file: 'gateway/alarm/chatter.ts',
    find: 'export const entriesMax = 6;',
    replace: 'export const entriesMax = 6_000;',
    checker: 'no-storm',
  },
  {
    name: 'heartbeat-always',
    what: 'the watchdog pin moves though a loop hangs',
    file: 'gateway/health/heartbeat.ts',
    find: '|| this.options.isOverdue()) return;',
    replace: ') return;',
    checker: 'watchdog-honest',
  },
  {
    name: 'no-patience',
    what: 'a sensor of the box that is late is a loop that hangs',
    file: 'gateway/health/box-health.ts',
    find: 'periodMs + maxQuietMs,',
    replace: 'periodMs + 5_000,',
    checker: 'watchdog-honest',
  },
  {
    name: 'disk-fault-stays',
    what: 'the fault of a disk is not taken back when it works again',
    file: 'gateway/runtime.ts',
    find: 'this.#fault(journalSubject, error !== null, toldOf(error, storeErrors));',
    replace: 'if (error !== null) this.#fault(journalSubject, true, toldOf(error, storeErrors));',
    checker: 'ends-well',
  },
  {
    name: 'readings-kept',
    what: 'every reading is remembered for ever',
    file: 'gateway/points/point-table.ts',
    find: '    this.#latest.set(reading.pointId, reading);\n    return before;',
    replace:
      '    this.#latest.set(reading.pointId, reading);\n    ((globalThis as { all?: object[] }).all ??= []).push({ ...reading, more: [1, 2, 3, 4, 5, 6, 7, 8] });\n    return before;',
    checker: 'memory-flat',
    hours: 8,
    isQuiet: true,
  },
];
