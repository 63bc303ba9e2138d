/** A receiver under test: reports as a gateway sends them, a virtual clock, and all that was handed on. */
import { expect, onTestFinished } from 'vitest';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import type { HandedOn } from '../../../sync/receiver/handed-on.js';
import type { ReceivedReport } from '../../../sync/receiver/message-shape.js';
import { Receiver, type ReceiverOptions } from '../../../sync/receiver/receiver.js';
import type { ReceiverStore } from '../../../sync/receiver/receiver-store.js';
import { SqliteReceiverStore } from '../../../sync/receiver/sqlite-receiver-store.js';
import { seeded } from '../rig.js';
import { messageFault } from '../topic-schemas.js';

export const minuteMs = 60_000;

export interface ReportOver {
  readonly site?: string;
  readonly epoch?: string;
  readonly lane?: 'fire' | 'journal';
  readonly counter?: number;
  readonly time?: string;
  readonly data?: Partial<ReceivedReport['data']>;
}

const digits = (value: number): string => String(value).padStart(12, '0');

/** A report of row `sequence`; null: told from memory. Its id counts like the sequence, unless it is told another counter. */
export function report(sequence: number | null, previous: number | null, over: ReportOver = {}): ReceivedReport {
  const { epoch = 'e1', site = 'old-town', lane = 'fire', counter = sequence ?? 0 } = over;
  const kind = over.data?.kind ?? 'alarm.raised';
  return {
    specversion: '1.0',
    id: `${epoch}-boot1-${counter}`,
    source: `/gengfu/yangshuo/${site}/${epoch}`,
    type: `gengfu.${kind}`,
    time: over.time ?? '2026-11-30T01:02:03.004Z',
    subject: 'point:smoke-1/smoke',
    datacontenttype: 'application/json',
    ...(sequence === null ? {} : { sequence: digits(sequence), previous: digits(previous ?? 0) }),
    data: {
      durable: sequence !== null,
      uplink: 'district',
      kind,
      class: lane === 'fire' ? 'fire' : 'fault',
      lane,
      ...(sequence === null ? {} : { position: 1_000 + sequence }),
      alarm: null,
      zone: 'hall',
      words: { zh: '火警', en: 'fire' },
      origin: null,
      boot: 'boot1',
      mono: counter,
      clock: 'trusted',
      detail: {},
      ...over.data,
    },
  };
}

export function topicOf({ source, data }: ReceivedReport): string {
  const [, , district, site] = source.split('/');
  return `gengfu/v1/${district}/${site}/report/${data.class ?? 'operation'}`;
}

export function bytesOf(message: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(message));
}

export interface Rig {
  readonly clock: SimClock;
  readonly receiver: Receiver;
  readonly handed: HandedOn[];
  readonly news: string[];
  tell(...reports: readonly ReceivedReport[]): Promise<void>;
  tellBytes(topic: string, bytes: Uint8Array): Promise<void>;
  /** `event e1-boot1-3` and the like, in the order handed on. */
  words(): readonly string[];
  /** Of old-town, after all that was told. */
  receipts(): ReturnType<Receiver['takeReceipts']>;
}

export interface RigOptions extends Partial<Omit<ReceiverOptions, 'clock' | 'events'>> {
  readonly handed?: HandedOn[];
}

export function sqliteInMemory(): ReceiverStore {
  return new SqliteReceiverStore(':memory:', 'receiver-1');
}

export async function startRig({ handed = [], ...over }: RigOptions = {}): Promise<Rig> {
  const clock = new SimClock();
  const news: string[] = [];
  const receiver = new Receiver({
    store: sqliteInMemory(),
    clock,
    random: seeded(1),
    handOn: async (rows) => void handed.push(...rows),
    parseTelemetry: null,
    gapAfterMs: 5 * minuteMs,
    keepMs: 90 * 86_400_000,
    ...over,
    events: {
      onInvalid: ({ why }) => news.push(`invalid ${why}`),
      onGap: ({ site, epoch, lane }, { from, to }) => news.push(`gap ${site} ${epoch} ${lane} ${from}..${to}`),
      onGapClosed: ({ site, lane }, { from, to }) => news.push(`closed ${site} ${lane} ${from}..${to}`),
      onGapAccepted: ({ site, lane }, { from, to }) => news.push(`given up ${site} ${lane} ${from}..${to}`),
      onTrouble: (error) => news.push(error === null ? 'well again' : `trouble ${String(error).slice(0, 60)}`),
    },
  });
  await receiver.start();
  onTestFinished(() => receiver.stop());
  const tellBytes = async (topic: string, bytes: Uint8Array): Promise<void> => {
    const taken = receiver.take(topic, bytes);
    await clock.advance(10);
    await taken;
    await clock.advance(30);
  };
  return {
    ...{ clock, receiver, handed, news, tellBytes },
    tell: async (...reports) => {
      for (const each of reports) expect(messageFault(topicOf(each), bytesOf(each))).toBeNull();
      const taken = reports.map((each) => receiver.take(topicOf(each), bytesOf(each)));
      await clock.advance(10);
      await Promise.all(taken);
      await clock.advance(30);
    },
    words: () => handed.map(({ what, id }) => `${what} ${id}`),
    receipts: () => receiver.takeReceipts(),
  };
}

/** What a gateway says when it comes. */
export function status(site = 'old-town'): readonly [topic: string, bytes: Uint8Array] {
  const said = { state: 'online', since: '2026-11-30T01:00:00.000Z', clock: 'trusted' };
  return [`gengfu/v1/yangshuo/${site}/status`, bytesOf(said)];
}
