/** Options of `gengfu command make` → the order that they mean. Pure. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Words } from '../../config/vocabulary.js';
import { type Order, orderSchema } from '../../sync/messages/command.js';

/** As orderSchema allows in one part. */
const partMax = 48 * 1024;

export interface OrderOptions {
  readonly upTo?: string;
  readonly zone?: readonly string[];
  readonly words?: string;
  readonly text?: string;
  readonly message?: string;
  readonly repeat?: number;
  /** ms. */
  readonly within?: number;
  readonly point?: readonly string[];
  readonly subject?: readonly string[];
  /** ms. */
  readonly for?: number;
  readonly part?: number;
  readonly sha256?: string;
}

export const orderNames = orderSchema.options.map(({ shape }) => shape.order.value);

export type MadeOrders =
  | { readonly ok: true; readonly orders: readonly Order[] }
  | { readonly ok: false; readonly problems: readonly Words[] };

/** One order; for a site file as many as it has parts. `now`: RFC 3339. */
export function makeOrders(name: string, options: OrderOptions, now: string, file: Uint8Array | null): MadeOrders {
  const order = name.replaceAll('-', '_');
  if (order === 'broadcast' && (options.text === undefined) === (options.message === undefined)) {
    return {
      ok: false,
      problems: [{ zh: '--text 和 --message 要写其中一个', en: 'expected one of --text and --message' }],
    };
  }
  if (order === 'config_stage' && file !== null) return parsed(stageParts(file));
  const seconds = (ms: number | undefined): number | undefined =>
    ms === undefined ? undefined : Math.round(ms / 1000);
  const given = {
    ...{ order, upTo: options.upTo, zones: options.zone, words: options.words },
    ...{ text: options.text, message: options.message, repeat: options.repeat },
    ...{
      withinS: seconds(options.within),
      points: options.point,
      subjects: options.subject,
      forS: seconds(options.for),
    },
    ...{ part: options.part, sha256: options.sha256, ...(order === 'time' ? { now } : {}) },
  };
  return parsed([Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))]);
}

function parsed(given: readonly unknown[]): MadeOrders {
  const results = given.map((each) => orderSchema.safeParse(each));
  const problems = results.flatMap(({ error }) =>
    (error?.issues ?? []).map(({ code, path, message }) => problemWords(code, String(path[0] ?? 'order'), message)),
  );
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, orders: results.flatMap(({ data }) => (data === undefined ? [] : [data])) };
}

/** The options that fill the fields of an order, where they are not called the same. */
const optionOf: Readonly<Record<string, string>> = {
  ...{ upTo: '--up-to', zones: '--zone', withinS: '--within', points: '--point', subjects: '--subject', forS: '--for' },
  ...{ words: '--words', text: '--text', message: '--message', repeat: '--repeat', part: '--part', sha256: '--sha256' },
  ...{ gzip: '--file', parts: '--file' },
};

function problemWords(code: string, field: string, message: string): Words {
  const option = optionOf[field];
  if (code === 'unrecognized_keys')
    return { zh: `这条指令没有这个选项：${message}`, en: `this order takes no such option: ${message}` };
  if (option === undefined) {
    const orders = orderNames.join(' ');
    return { zh: `没有这种指令；可写：${orders}`, en: `there is no such order; there are: ${orders}` };
  }
  // What is not given is told by the schema as undefined.
  if (message.endsWith('received undefined')) return { zh: `缺少 ${option}`, en: `${option} is missing` };
  return { zh: `${option} 的值不对（${message}）`, en: `the value of ${option} is wrong (${message})` };
}

function stageParts(file: Uint8Array): readonly unknown[] {
  const sha256 = createHash('sha256').update(file).digest('hex');
  const text = gzipSync(file, { level: 9 }).toString('base64');
  const parts = Math.ceil(text.length / partMax);
  return Array.from({ length: parts }, (_, at) => ({
    ...{ order: 'config_stage', sha256, part: at + 1, parts },
    gzip: text.slice(at * partMax, (at + 1) * partMax),
  }));
}
