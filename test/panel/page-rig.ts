/** A gateway that does not exist, for the page: serves the built page and a scripted state, and keeps what was ordered. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import type { HistoryPage } from '../../gateway/panel/api/history.js';
import type { MapPlan } from '../../gateway/panel/api/map.js';
import type { PanelAnswer, PanelOrder } from '../../gateway/panel/api/orders.js';
import { patched } from '../../gateway/panel/api/patched.js';
import type { Me } from '../../gateway/panel/api/session.js';
import type { Household, SiteInfo } from '../../gateway/panel/api/site.js';
import type { PanelState, Patch } from '../../gateway/panel/api/state.js';
import { accepted, aHousehold, aSite, aState, beganWall } from './page-village.js';

const pageDir = 'dist/gateway/panel/page';
const chromiumPath = '/usr/bin/chromium';
const beatMs = 500;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** As strict as the server's: what needs more must fail here. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; media-src 'self' blob:; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Must be there in CI; elsewhere what needs it is skipped when it is not. */
export const hasChromium = existsSync(chromiumPath) || process.env['CI'] !== undefined;

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
}

export class FakePanel {
  site: SiteInfo = aSite();
  households: readonly Household[] = [aHousehold()];
  state: PanelState = aState();
  history: HistoryPage['entries'] = [];
  map: MapPlan = { plans: [], photos: [], revision: 0 };
  /** By their names; whatever is uploaded stands here too. */
  readonly images = new Map<string, Buffer>();
  isWatchHeard = true;
  /** No beats: a line that is up and says nothing. */
  isMute = false;
  readonly orders: PanelOrder[] = [];
  /** Headers `x-gengfu-csrf` of everything that was sent to change something. */
  readonly csrfs: (string | undefined)[] = [];
  answer: (order: PanelOrder) => PanelAnswer = () => accepted();
  me: Me = {
    user: null,
    level: 1,
    isOwnScreen: true,
    csrf: 'csrf-of-screen',
    endsWall: null,
    needsSetup: false,
  };

  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #streams = new Set<ServerResponse>();
  #n = 0;
  #beat: NodeJS.Timeout | null = null;
  #openedMono = performance.now();

  /** The gateway's time: `beganWall` when it was opened. */
  get wall(): number {
    return beganWall + (performance.now() - this.#openedMono);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async open(port = 0): Promise<string> {
    this.#openedMono = performance.now();
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.#beat = setInterval(() => this.beat(), beatMs);
    return this.url;
  }

  async close(): Promise<void> {
    if (this.#beat !== null) clearInterval(this.#beat);
    this.drop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Ends all streams. */
  drop(): void {
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
  }

  patch(...patches: readonly Patch[]): void {
    this.state = patched(this.state, patches);
    this.#n += 1;
    this.#send('patches', patches);
  }

  /** Another state, and the head that goes with it. */
  show(state: PanelState): void {
    this.state = state;
    this.#n += 1;
    this.#send('state', state);
  }

  beat(): void {
    if (this.isMute) return;
    for (const stream of this.#streams) stream.write(this.#beatText());
  }

  #beatText(): string {
    return `event: beat\ndata: ${JSON.stringify({ wall: this.wall, isWatchHeard: this.isWatchHeard })}\n\n`;
  }

  #send(event: string, what: unknown): void {
    for (const stream of this.#streams) {
      stream.write(`id: s-${this.#n}\nevent: ${event}\ndata: ${JSON.stringify(what)}\n\n`);
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const bytes = await bodyOf(request);
    const body = bytes.toString('utf8');
    if (request.method !== 'GET') this.csrfs.push(request.headers['x-gengfu-csrf'] as string | undefined);
    const json = (value: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (path.startsWith('/api/v1/images/')) return this.#image(path, request, bytes, response);
    switch (`${request.method} ${path}`) {
      case 'GET /api/v1/me':
        return json(this.me);
      case 'POST /api/v1/session':
      case 'POST /api/v1/setup':
        return this.#signIn(JSON.parse(body) as { user: string; password: string }, json);
      case 'DELETE /api/v1/session':
        this.me = { ...this.me, user: null, level: 1, endsWall: null };
        return json(this.me);
      case 'GET /api/v1/site':
        return json(this.site);
      case 'GET /api/v1/households':
        return json(this.households);
      case 'POST /api/v1/history':
        return json({ entries: this.history, next: null, tookMs: 1 } satisfies HistoryPage);
      case 'GET /api/v1/map':
        return json(this.map);
      case 'PUT /api/v1/map':
        this.map = { ...(JSON.parse(body) as MapPlan), revision: this.map.revision + 1 };
        return json(this.map);
      case 'GET /api/v1/brief': {
        const { state, isSounding } = this.state.head;
        return json({ state, isSounding, wall: this.wall });
      }
      case 'POST /api/v1/orders': {
        const order = JSON.parse(body) as PanelOrder;
        this.orders.push(order);
        return json(this.answer(order));
      }
      case 'GET /api/v1/live':
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('retry: 300\n\n');
        if (!this.isMute)
          response.write(`${this.#beatText()}id: s-${this.#n}\nevent: state\ndata: ${JSON.stringify(this.state)}\n\n`);
        this.#streams.add(response);
        response.on('close', () => this.#streams.delete(response));
        return;
      default:
        return servePage(path, response);
    }
  }

  #image(path: string, request: IncomingMessage, bytes: Buffer, response: ServerResponse): void {
    const name = path.slice('/api/v1/images/'.length);
    if (request.method === 'PUT') this.images.set(name, bytes);
    const image = this.images.get(name);
    const type = request.method === 'PUT' ? 'application/json' : `image/${name.endsWith('png') ? 'png' : 'jpeg'}`;
    response.writeHead(image === undefined ? 404 : 200, { 'content-type': type });
    response.end(request.method === 'PUT' ? JSON.stringify({ name }) : image);
  }

  #signIn({ user, password }: { user: string; password: string }, json: (value: unknown, status?: number) => void) {
    if (password !== 'correct horse') {
      const words = { zh: '用户名或密码不对', en: 'user name or password is wrong' };
      return json({ code: 'wrong-password', words, where: null, expected: null, got: null, hint: null }, 403);
    }
    const endsWall = this.wall + 15 * 60_000;
    this.me = { ...this.me, user, level: 2, csrf: 'csrf-of-user', endsWall, needsSetup: false };
    json(this.me);
  }
}

function servePage(path: string, response: ServerResponse): void {
  const file = join(pageDir, path === '/' ? 'index.html' : path);
  if (path.includes('..') || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
  });
  response.end(readFileSync(file));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
