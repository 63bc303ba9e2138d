/**
 * The panel as a web server: the one file that knows the web framework. For every route of the table it asks, in this order, whether
 * the request comes from a page of this box, who asks, whether that level may, whether it bears the mark of its page; only then the
 * body is read, checked against the route's shape, and handed to the handler.
 */
import { join } from 'node:path';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Clock } from '../../../drivers/clock.js';
import { type RouteInfo, type RouteName, routes } from '../api/routes.js';
import type { Answer } from './call.js';
import { CommissioningPhotos } from './commissioning-photos.js';
import { bodyMaxBytes, makeHandlers, routeList } from './handlers.js';
import { headersMax, makeHttpServer, refuseBytes, type TlsPair } from './http-server.js';
import type { JournalReading } from './journal-reading.js';
import { LiveStreams } from './live.js';
import { MapStore } from './map-store.js';
import { Metrics } from './metrics.js';
import type { Caller, PeopleGate, Who } from './people-gate.js';
import type { Refusal } from './refusal.js';
import { answerWords, ShapeError } from './refusal-words.js';
import { crossSiteProblem, hostProblem, isLoopback, plainAddress } from './request-source.js';
import { securityHeaders } from './security-headers.js';
import { StaticPage } from './static-page.js';
import { sendText } from './text-stream.js';
import { type PanelBridge, WatchLink } from './watch-link.js';

/** Of a body, where its route says nothing else. */
const bodyBytes = 64 * 1024;
const pathPartMax = 200;
/** Where the waiting page of the box's own screen (systemd/kiosk-wait.html, a file) hears that there is a panel, and nothing else. */
const upPath = '/up';
const toAnyPage = { 'cross-origin-resource-policy': 'cross-origin' };
const csrfHeader = 'x-gengfu-csrf';
const touchHeader = 'x-gengfu-touch';
/** A proxy leaves one of them, or one that begins so. */
const forwardHeaders: readonly string[] = ['forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'via'];
const forwardBegin = 'x-forwarded-';
const imageTypes = ['image/png', 'image/jpeg', 'image/webp'];

export interface PanelAppOptions {
  readonly bridge: PanelBridge;
  readonly clock: Clock;
  readonly people: PeopleGate;
  readonly reader: JournalReading;
  /** Built page. */
  readonly pageDir: string;
  /** Of the site; the panel's files are in `<dataDir>/panel`. */
  readonly dataDir: string;
  /** Names of this box that a browser may ask for, besides its addresses: `localhost`, `gengfu.local`. */
  readonly hostNames: readonly string[];
  /** Null: plain HTTP. */
  readonly tls: TlsPair | null;
  /** Random, a-z and 0-9: ids of events of another start are not ours. */
  readonly start: string;
}

interface Asker {
  readonly caller: Caller;
  readonly who: Who;
}

/** Not listening yet. Closing it ends streams and timers. */
export function makeApp(options: PanelAppOptions): FastifyInstance {
  const { clock, people, reader } = options;
  const watch = new WatchLink(options.bridge, clock);
  const metrics = new Metrics();
  const live = new LiveStreams({ watch, clock, start: options.start, isStill: (who) => people.isStill(who) });
  watch.listen({
    onState: () => live.onState(),
    onPatches: (patches) => live.onPatches(patches),
    onEntry: (entry) => metrics.countEntry(entry),
  });
  const maps = new MapStore(join(options.dataDir, 'panel'), clock);
  const papers = join(options.dataDir, 'commissioning');
  const commissioning = { watch, folder: papers, photos: new CommissioningPhotos(papers) };
  const handlers = makeHandlers({ watch, live, people, reader, maps, metrics, commissioning });
  const page = new StaticPage(options.pageDir);
  const askers = new WeakMap<FastifyRequest, Asker>();

  const app = fastify({
    serverFactory: (handler) => makeHttpServer(handler, options.tls),
    bodyLimit: bodyBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    return503OnClosing: false,
    routerOptions: { maxParamLength: pathPartMax },
    frameworkErrors: (_error, _request, reply) => {
      refuse(reply.headers(securityHeaders), answerWords.badPath);
    },
    clientErrorHandler: refuseBytes,
  });
  app.setValidatorCompiler(({ schema, httpPart }) => (value: unknown) => {
    // Every schema here is a zod shape of the routes table.
    const read = (schema as unknown as z.ZodType).safeParse(value);
    return read.success ? { value: read.data } : { error: new ShapeError(httpPart ?? 'request', read.error) };
  });
  app.setSerializerCompiler(() => JSON.stringify);
  readBodies(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    // Node leaves out what comes after them, and that may be what a proxy added: what is not known whole is not answered.
    if (request.raw.rawHeaders.length >= 2 * headersMax) return refuse(reply, answerWords.tooManyHeaders(headersMax));
    const name = routeNameOf(request);
    const { host, origin } = request.headers;
    const isChange = request.method !== 'GET' && request.method !== 'HEAD';
    const source = {
      host,
      origin,
      secFetchSite: headerOf(request, 'sec-fetch-site'),
      secFetchMode: headerOf(request, 'sec-fetch-mode'),
    };
    const isUp =
      request.method === 'GET' && pathOf(request) === upPath && hostProblem(host, options.hostNames) === null;
    if (isUp && people.who(callerOf(request, options.tls !== null)).isOwnScreen)
      return reply.headers(toAnyPage).code(204).send();
    const foreign = hostProblem(host, options.hostNames) ?? crossSiteProblem(source, isChange);
    if (foreign !== null) return refuse(reply, foreign);
    if (name === null) return;
    const caller = callerOf(request, options.tls !== null);
    const who = people.who(caller);
    const refusal = levelProblem(routes[name], who) ?? csrfProblem(who, isChange, headerOf(request, csrfHeader));
    if (refusal !== null) return refuse(reply, refusal);
    askers.set(request, { caller, who });
  });
  app.addHook('onResponse', async (_request, reply) => metrics.countRequest(reply.statusCode));
  app.addHook('preClose', async () => live.close());

  app.setErrorHandler((error: FastifyError, request, reply) => refuse(reply, errorRefusal(error, request)));
  app.setNotFoundHandler((request, reply) => refuse(reply, answerWords.noSuchPath(request.method, pathOf(request))));

  for (const [name, route] of routeList) {
    const { method, path, params, query, body } = route;
    app.route({
      method,
      url: path,
      config: { panelRoute: name },
      bodyLimit: bodyMaxBytes[name] ?? bodyBytes,
      schema: {
        ...(params === undefined ? {} : { params }),
        ...(query === undefined ? {} : { querystring: query }),
        ...(body === undefined ? {} : { body }),
      },
      handler: async (request, reply) => {
        const asker = askers.get(request);
        if (asker === undefined) throw new Error(`unreachable: nobody asked who calls ${name}`);
        // The body may come half a minute after the level was asked: who was signed out meanwhile orders nothing with it.
        if (!people.isStill(asker.who)) return refuse(reply, answerWords.signInFirst);
        const answer = await handlers[name]({
          ...asker,
          params: request.params,
          query: request.query,
          body: request.body,
          contentType: headerOf(request, 'content-type') ?? null,
          lastEventId: headerOf(request, 'last-event-id') ?? null,
          ifNoneMatch: headerOf(request, 'if-none-match') ?? null,
        });
        return give(clock, reply, answer);
      },
    });
  }
  app.get('/*', async (request, reply) => {
    const path = pathOf(request);
    const answer = page.answer({
      path,
      takesGzip: /\bgzip\b/.test(headerOf(request, 'accept-encoding') ?? ''),
      ifNoneMatch: headerOf(request, 'if-none-match') ?? null,
    });
    return give(clock, reply, answer ?? answerWords.noSuchPath(request.method, path));
  });
  return app;
}

/** JSON and images; an empty body is none, whatever its type says. */
function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text.length === 0) done(null, undefined);
    else void parse(request, text.toString(), done);
  });
  app.addContentTypeParser(imageTypes, { parseAs: 'buffer' }, async (_request: FastifyRequest, bytes: Buffer) => bytes);
}

function levelProblem(route: RouteInfo, who: Who): Refusal | null {
  if (who.isToken && !route.isForTokens) return answerWords.notForTokens;
  if (who.level >= route.level) return null;
  return who.level === 0 ? answerWords.signInFirst : answerWords.level(route.level);
}

function csrfProblem(who: Who, isChange: boolean, sent: string | undefined): Refusal | null {
  if (!isChange || who.isToken) return null;
  return who.csrf !== null && sent === who.csrf ? null : answerWords.csrf;
}

function errorRefusal(error: FastifyError, request: FastifyRequest): Refusal {
  if (error instanceof ShapeError) return error.refusal();
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return answerWords.tooLarge(bodyMaxBytes[routeNameOf(request) ?? 'me'] ?? bodyBytes);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return answerWords.mediaType(headerOf(request, 'content-type') ?? '');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return answerWords.badJson;
    default:
      return (error.statusCode ?? 500) < 500 ? answerWords.badRequest : answerWords.failed;
  }
}

async function give(clock: Clock, reply: FastifyReply, answer: Answer): Promise<unknown> {
  switch (answer.kind) {
    case 'json':
      if (answer.cookies !== undefined && answer.cookies.length > 0) reply.header('set-cookie', [...answer.cookies]);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.value));
    case 'bytes':
      return reply
        .type(answer.type)
        .headers(answer.headers ?? {})
        .send(bytesOf(answer.bytes));
    case 'same':
      return reply.code(304).headers(answer.headers).send();
    case 'live':
      reply.hijack();
      return answer.take(reply.raw, securityHeaders);
    case 'text': {
      const name =
        answer.fileName === null ? {} : { 'content-disposition': `attachment; filename="${answer.fileName}"` };
      reply.hijack();
      const headers = { ...securityHeaders, ...name, ...answer.headers, 'content-type': answer.type };
      if (await sendText(clock, reply.raw, headers, answer.write)) return;
      return refuseRaw(reply, answerWords.noJournal);
    }
    case 'refused':
      return refuse(reply, answer);
    default:
      return unknownAnswer(answer);
  }
}

function bytesOf(bytes: string | Uint8Array): string | Buffer {
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function refuse(reply: FastifyReply, { status, problem, retryAfterS }: Refusal): FastifyReply {
  // Whoever shall come later must not keep its place among the connections meanwhile.
  if (retryAfterS !== null) reply.headers({ 'retry-after': String(retryAfterS), connection: 'close' });
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

function refuseRaw({ raw }: FastifyReply, { status, problem }: Refusal): void {
  raw.writeHead(status, { ...securityHeaders, 'content-type': 'application/problem+json; charset=utf-8' });
  raw.end(JSON.stringify(problem));
}

function callerOf(request: FastifyRequest, isTls: boolean): Caller {
  const address = plainAddress(request.raw.socket.remoteAddress);
  const { host, cookie, authorization } = request.headers;
  return {
    method: request.method,
    path: pathOf(request),
    address,
    isLoopback: isLoopback(address),
    isTls,
    isForwarded: isForwarded(request.raw),
    isTouched: touchHeader in request.headers,
    host: host ?? null,
    cookie: cookie ?? null,
    authorization: authorization ?? null,
    userAgent: request.headers['user-agent'] ?? null,
  };
}

/** A proxy that says nothing of itself (nginx as it comes) speaks HTTP/1.0 to us, which no browser does. */
function isForwarded({ headers, httpVersion }: FastifyRequest['raw']): boolean {
  if (httpVersion === '1.0') return true;
  return Object.keys(headers).some((name) => name.startsWith(forwardBegin) || forwardHeaders.includes(name));
}

function routeNameOf(request: FastifyRequest): RouteName | null {
  const { config } = request.routeOptions;
  return 'panelRoute' in config ? (config.panelRoute as RouteName) : null;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function unknownAnswer(answer: never): never {
  throw new Error(`unknown answer ${JSON.stringify(answer)}`);
}
