/** A backlog on its way to a real broker, next to a plain publisher of as many messages; and fires that overtake it. */
import { brandId } from '../../config/ids.js';
import { toCloudEvent } from '../../sync/mqtt/cloud-event.js';
import { benchEntry, samplesPerPack } from './drain-rows.js';
import { HelperProcess } from './helper-process.js';
import { type RealBroker, startRealBroker } from './real-broker.js';
import { type BenchOptions, type Result, round } from './result.js';

const journalRows = 100_000;
const samples = 1_000_000;
/** Of one pack as a message: what 1.5 kB are in base64, and the envelope. */
const packMessageBytes = 2600;
/** Of one sample as a message of its own: a name, a value, a time. */
const sampleMessageBytes = 120;
const overtakeMs = 250;
const quickShare = 0.1;

interface Drained {
  readonly lastedMs: number;
  readonly cpuUs: number;
  readonly tookMs: readonly number[];
  readonly rssMb: number;
}

type Published = Pick<Drained, 'lastedMs' | 'cpuUs'>;

export async function drain({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  const share = quick ? quickShare : 1;
  const broker = await startRealBroker();
  const rows = journalRows * share;
  const packs = (samples * share) / samplesPerPack;
  say(`${rows} journal rows`);
  const journal = await drained(broker, rows, 0, 0);
  const plainRows = await published(broker, rows, entryBytes());
  say(`${packs} packs`);
  const telemetry = await drained(broker, 0, packs, 0);
  const plainPacks = await published(broker, packs, packMessageBytes);
  say('one message for each sample');
  const plainSamples = await published(broker, rows, sampleMessageBytes);
  await broker.stop();
  const perSampleMs = telemetry.lastedMs / (packs * samplesPerPack);
  return [
    compared('journal rows, messages in a second against a plain publisher', rows, journal, plainRows),
    compared('packs of 100 samples, the same', packs, telemetry, plainPacks),
    {
      ...{ part: 'drain', what: 'samples in a second against a plain publisher of each', unit: ' times' },
      value: plainSamples.lastedMs / rows / perSampleMs,
      limit: { atLeast: 10 },
      detail: {
        'samples/s': round(1000 / perSampleMs),
        'plain samples/s': round((rows * 1000) / plainSamples.lastedMs),
      },
    },
  ];
}

export async function overtake({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  const broker = await startRealBroker();
  const rows = journalRows * (quick ? quickShare : 1);
  say(`fires among ${rows} rows and as many samples`);
  const { tookMs, lastedMs } = await drained(broker, rows, rows / samplesPerPack, 1000);
  await broker.stop();
  const sorted = [...tookMs].sort((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return [
    {
      ...{
        part: 'overtake',
        what: "a fire raised in a drain to the broker's confirmation, fsync included, p99",
        unit: ' ms',
      },
      value: at(0.99),
      limit: { atMost: overtakeMs },
      detail: {
        fires: sorted.length,
        'median ms': round(at(0.5)),
        'longest ms': round(at(1)),
        'drain s': round(lastedMs / 1000),
      },
    },
  ];
}

function compared(what: string, messages: number, own: Drained, plain: Published): Result {
  return {
    ...{ part: 'drain', what, unit: ' times', limit: { atLeast: 0.5 } },
    value: plain.lastedMs / own.lastedMs,
    detail: {
      'messages/s': round((messages * 1000) / own.lastedMs),
      'plain messages/s': round((messages * 1000) / plain.lastedMs),
      'CPU µs/message': round(own.cpuUs / messages),
      'plain CPU µs/message': round(plain.cpuUs / messages),
      'RSS MB more': round(own.rssMb),
    },
  };
}

async function drained({ port }: RealBroker, entries: number, packs: number, fires: number): Promise<Drained> {
  return ask(new HelperProcess('drain-process', port, entries, packs, fires));
}

async function published({ port }: RealBroker, messages: number, bytes: number): Promise<Published> {
  return ask(new HelperProcess('plain-publisher', port, messages, bytes));
}

async function ask<T>(helper: HelperProcess): Promise<T> {
  await helper.line();
  const answer = JSON.parse(await helper.ask('go')) as T;
  await helper.end();
  return answer;
}

function entryBytes(): number {
  const entry = { ...benchEntry(1), position: 1, sequence: 1 };
  const address = { district: brandId<never>('bench'), site: brandId<never>('bench') };
  return toCloudEvent(address, { durable: true, entry, previous: 0, isHistorical: true }).length;
}
