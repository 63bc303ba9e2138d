/** A platform that takes POSTs on a loopback socket, and one that is only answers on a virtual clock. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, vi } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { HttpUplinkConfig, PointConfig } from '../../config/site.js';
import { httpUplinkSchema } from '../../config/uplinks/http-uplink-schema.js';
import { httpUplink } from '../../config/uplinks/resolve-plain-uplinks.js';
import type { Clock } from '../../drivers/clock.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { SiteFacts } from '../../sync/http/device-facts.js';
import { HttpClientLink } from '../../sync/http/http-client.js';
import type { HttpAnswer, HttpLink, HttpRequest } from '../../sync/http/http-link.js';
import { HttpUplink } from '../../sync/http/http-uplink.js';
import { UplinkError } from '../../sync/uplink.js';
import { FastClock } from './brokers.js';
import { seeded } from './rig.js';

export function httpConfig(url: string, over: Partial<HttpUplinkConfig> = {}): HttpUplinkConfig {
  const yaml = httpUplinkSchema.parse({ id: 'platform', kind: 'http', url, telemetry: true });
  return { ...httpUplink((name) => name ?? null, yaml), ...over };
}

const point = (id: string, role: PointConfig['role'], over: Partial<PointConfig> = {}): PointConfig => ({
  ...{ id: brandId(id), name: { zh: `${id} 点`, en: id }, role, class: 'fire', zone: brandId('hall'), place: null },
  source: { kind: 'pin', pin: 1, low: 'normal', high: 'alarm' },
  ...{ severities: {}, physicalUnit: null, onDelayMs: 0, offDelayMs: 0 },
  ...over,
});

/** One detector with a code of the platform's, one without, and the box itself. */
export const facts: SiteFacts = {
  site: {
    id: brandId('old-town'),
    district: brandId('yangshuo'),
    name: { zh: '阳朔古镇', en: 'Old Town' },
    code: 'S-1',
  },
  zones: [{ id: brandId('hall'), name: { zh: '祠堂', en: 'hall' }, code: 'B-7' }],
  points: [
    point('smoke-1/smoke', 'smoke.alarm', { place: { zh: '正厅', en: 'main hall' } }),
    point('smoke-1/battery', 'battery.low', { class: 'fault' }),
    point('call-1/contact', 'call_point.alarm'),
    point('box/disk', 'box.disk_free', { class: 'fault', source: { kind: 'box', what: 'disk-free' } as never }),
  ],
  units: [],
  streams: [],
  codes: new Map([['smoke-1', 'A1B200260601SN000000101ABCD']]),
};

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** Of the events in it. */
  readonly ids: readonly string[];
}

type Answerer = (asked: Asked, answer: ServerResponse) => void;

export class Platform {
  readonly asked: Asked[] = [];
  connections = 0;
  isCut = false;
  /** What it says to a POST of entries; a sign of life is always answered by 204. */
  answer: Answerer = (_asked, answer) => answer.writeHead(202).end();
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  static async start(tls: ServerOptions | null = null): Promise<Platform> {
    const server = tls === null ? createServer() : createTlsServer(tls);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const platform = new Platform(server, `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}/in`);
    server.on('connection', (socket: Socket) => platform.#connected(socket));
    server.on('request', (request, answer) => void platform.#take(request, answer));
    onTestFinished(() => platform.stop());
    return platform;
  }

  /** Requests with entries in them. */
  get carried(): readonly Asked[] {
    return this.asked.filter(({ ids }) => ids.length > 0);
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
  }

  #connected(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    if (this.isCut) socket.destroy();
  }

  async #take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('error', () => undefined);
    await once(request, 'end').catch(() => undefined);
    const text = Buffer.concat(chunks).toString();
    const ids = [...text.matchAll(/"(?:id|logId)":"(e1-[^"]+)"/g)].map(([, id = '']) => id);
    const { method = '', url: path = '', headers } = request;
    const asked = { method, path, headers, text, ids };
    this.asked.push(asked);
    if (ids.length === 0) answer.writeHead(204).end();
    else this.answer(asked, answer);
  }
}

export function startHttp(
  url: string,
  over: Partial<HttpUplinkConfig> = {},
  { clock = new FastClock(30), link = new HttpClientLink() }: { clock?: Clock; link?: HttpLink } = {},
) {
  /** `up`, and the codes of what took it down. */
  const news: string[] = [];
  const words: string[] = [];
  const uplink = new HttpUplink({ config: httpConfig(url, over), site: facts, link, clock, random: seeded(9) });
  onTestFinished(() => uplink.stop());
  const start = (): void =>
    uplink.start({
      onUp: () => news.push('up'),
      onDown: (error) => {
        news.push(error.code);
        words.push(error.message);
      },
      onRequest: () => undefined,
      onImpaired: (error) => news.push(`impaired ${error?.code ?? 'no more'}`),
    });
  const until = (what: string) => vi.waitFor(() => expect(news).toContain(what), { timeout: 8_000, interval: 5 });
  return { uplink, news, words, start, until };
}

/** `lost` and `never`: it went out, and nothing came back; `unreached` and `unsent`: it never went out, told at once or not at all. */
export type Scripted = Partial<HttpAnswer> | 'never' | 'lost' | 'unreached' | 'unsent';

/** Answers to come, in order; the last one stays. */
export class ScriptedLink implements HttpLink {
  readonly requests: HttpRequest[] = [];
  /** When each came, ms. */
  readonly atMono: number[] = [];
  /** By the request, in the place of `answers`. */
  answerOf: ((request: HttpRequest) => Scripted) | null = null;

  constructor(
    private readonly clock: Clock,
    public answers: readonly Scripted[],
  ) {}

  open(): ReturnType<HttpLink['open']> {
    let hasSent = false;
    return {
      bytes: { sent: 0, received: 0, connects: 1 },
      get hasSent() {
        return hasSent;
      },
      request: (request, signal) => {
        this.requests.push(request);
        this.atMono.push(this.clock.mono());
        const next = this.answerOf?.(request) ?? this.answers[0] ?? { status: 200 };
        if (this.answers.length > 1) this.answers = this.answers.slice(1);
        hasSent = next !== 'unreached' && next !== 'unsent';
        if (next === 'lost') return Promise.reject(new UplinkError('UPLINK-003', 'uplink platform', 'lost'));
        if (next === 'unreached') return Promise.reject(new UplinkError('UPLINK-001', 'uplink platform', 'refused'));
        if (next === 'never' || next === 'unsent') {
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        }
        const none = { retryAfter: null, date: null, location: null, body: new Uint8Array() };
        return Promise.resolve({ status: 200, ...none, ...next });
      },
      close: () => undefined,
    };
  }
}

/** An uplink on a virtual clock, before a platform that answers as told. */
export function scripted(
  answers: ScriptedLink['answers'],
  over: Partial<HttpUplinkConfig> = {},
  clock = new SimClock(),
) {
  const link = new ScriptedLink(clock, answers);
  const rig = startHttp('http://127.0.0.1:9/in', over, { clock, link });
  return { ...rig, link, clock };
}
