/** The panel's thread as it is built, in one file, on a journal that is a file, spoken to over TLS or not. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { type RequestOptions, request as tlsRequest } from 'node:https';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { brandId } from '../../config/ids.js';
import type { FromPanel, PanelSettings, ToPanel } from '../../gateway/panel/bridge.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { entry, epochId } from '../sync/rig.js';
import { goodPassword, staff } from './people-rig.js';
import { accepted, site, stateOf } from './server-rig.js';

/** A computer that does other things besides reads megabytes of JavaScript. */
const waitMaxMs = 30_000;

export const entriesInJournal = 800;

/** Users `li` (Ⅱ) and `wang` (Ⅲ), a journal, and a page of one file. */
export function panelFolder(folder: string): Pick<PanelSettings, 'dataDir' | 'journal' | 'pageDir'> {
  for (const part of ['panel', 'page']) mkdirSync(join(folder, part), { mode: 0o700 });
  writeFileSync(join(folder, 'panel', 'users.json'), JSON.stringify(staff), { mode: 0o600 });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>page');
  const journal = join(folder, 'journal.db');
  const writer = new SqliteFile(journal);
  writer.open(epochId('e1'));
  const hall = brandId<NonNullable<ReturnType<typeof entry>['zone']>>('hall');
  const entries = Array.from({ length: entriesInJournal }, (_, n) =>
    entry('e1', n + 1, { zone: hall, words: { zh: `＝第 ${n + 1} 条`, en: `number ${n + 1}` } }),
  );
  writer.append({ entries, facets: [] });
  writer.close();
  return { dataDir: folder, journal, pageDir: join(folder, 'page') };
}

export class PanelThreadRig {
  readonly said: FromPanel[] = [];
  readonly exited: Promise<number>;
  readonly #worker: Worker;
  #wake: () => void = () => undefined;

  constructor(settings: PanelSettings) {
    this.#worker = new Worker(resolve('dist/gateway/panel/server/thread.js'), { workerData: settings });
    this.#worker.on('message', (message: FromPanel) => {
      this.said.push(message);
      if (message.kind === 'order') this.say({ kind: 'answer', ask: message.ask, answer: accepted });
      this.#wake();
    });
    this.exited = new Promise((done) => this.#worker.once('exit', done));
    this.say({ kind: 'site', site, households: [] });
    this.say({ kind: 'state', state: stateOf() });
  }

  say(message: ToPanel): void {
    this.#worker.postMessage(message);
  }

  async heard<Kind extends FromPanel['kind']>(kind: Kind): Promise<Extract<FromPanel, { kind: Kind }>> {
    const isOfKind = (message: FromPanel): message is Extract<FromPanel, { kind: Kind }> => message.kind === kind;
    const endsAt = performance.now() + waitMaxMs;
    for (;;) {
      const found = this.said.find(isOfKind);
      if (found !== undefined) return found;
      if (performance.now() > endsAt) throw new Error(`${kind} was not heard: ${JSON.stringify(this.said)}`);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 100);
        this.#wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  }

  end(): Promise<unknown> {
    return this.#worker.terminate();
  }
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface Asked {
  readonly method?: string;
  readonly payload?: object | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser at `https://host:port` that trusts one certificate, with its cookies and the word of its page. */
export class PanelBrowser {
  readonly #cookies = new Map<string, string>();
  #csrf = '';

  constructor(private readonly to: RequestOptions & { readonly isTls: boolean }) {}

  /** The answer as it begins. */
  open(path: string, { method = 'GET', payload, headers = {} }: Asked = {}): Promise<IncomingMessage> {
    const bytes = payload === undefined || Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
    const cookie = [...this.#cookies].map((each) => each.join('=')).join('; ');
    const { isTls, ...to } = this.to;
    return new Promise((done, fail) => {
      const asked = (isTls ? tlsRequest : plainRequest)({
        ...{ agent: false, ...to, path, method },
        headers: {
          ...(cookie === '' ? {} : { cookie }),
          ...(method === 'GET' ? {} : { 'x-gengfu-csrf': this.#csrf }),
          ...(payload === undefined || Buffer.isBuffer(payload) ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      });
      asked.on('response', done);
      asked.on('error', fail);
      asked.end(bytes);
    });
  }

  async ask(path: string, asked: Asked = {}): Promise<Answered> {
    const answer = await this.open(path, asked);
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const isJson =
      /^application\/(?:problem\+)?json/.test(answer.headers['content-type'] ?? '') && text.startsWith('{');
    const body = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    if (typeof body['csrf'] === 'string') this.#csrf = body['csrf'];
    return { status: answer.statusCode ?? 0, headers: answer.headers, text, body };
  }

  async signIn(user: string): Promise<Answered> {
    await this.ask('/api/v1/me');
    return this.ask('/api/v1/session', { method: 'POST', payload: { user, password: goodPassword } });
  }
}

export function ownCertificate(folder: string): string {
  return String(JSON.parse(readFileSync(join(folder, 'panel', 'tls', 'own.json'), 'utf8')).cert);
}
