/** What each route does, once the level was asked and its parts are valid. */
import type { z } from 'zod';
import type { HistoryEntry } from '../api/history.js';
import { type RouteInfo, type RouteName, routes } from '../api/routes.js';
import type { PanelOrderer } from '../bridge.js';
import { type Answer, type Call, json } from './call.js';
import { type CommissioningParts, commissioningHandlers } from './commissioning-handlers.js';
import { docsPage } from './docs-page.js';
import { exportForm } from './export-text.js';
import { imageTypes, kindOfBytes, kindOfName, namePatternWords } from './image-kind.js';
import type { JournalReading } from './journal-reading.js';
import type { LiveStreams } from './live.js';
import type { MapStore } from './map-store.js';
import type { Metrics } from './metrics.js';
import { openapi } from './openapi.js';
import type { Handled, PeopleGate, Who } from './people-gate.js';
import type { Refusal } from './refusal.js';
import { answerWords } from './refusal-words.js';
import type { Asked, WatchLink } from './watch-link.js';
import { entryWithoutWritten, seesWritten, stateWithoutWritten } from './written-words.js';

/** Searches and exports under way at once, of all callers: each keeps the journal's reader busy. */
const longReadsMax = 4;

export interface HandlerParts {
  readonly watch: WatchLink;
  readonly live: LiveStreams;
  readonly people: PeopleGate;
  readonly reader: JournalReading;
  readonly maps: MapStore;
  readonly metrics: Metrics;
  readonly commissioning: CommissioningParts;
}

type Part<Name extends RouteName, Key extends 'params' | 'query' | 'body'> = (typeof routes)[Name] extends {
  readonly [K in Key]: infer Shape extends z.ZodType;
}
  ? z.infer<Shape>
  : unknown;
type CallOf<Name extends RouteName> = Call<Part<Name, 'params'>, Part<Name, 'query'>, Part<Name, 'body'>>;
type Handlers = { readonly [Name in RouteName]: (call: CallOf<Name>) => Promise<Answer> };

/** Any of them, called with parts that the shapes of its own route have let through. */
export type Handler = (call: Call) => Promise<Answer>;

export function makeHandlers(parts: HandlerParts): Readonly<Record<RouteName, Handler>> {
  const handlers: Handlers = {
    ...ofPeople(parts),
    ...ofWatch(parts),
    ...ofJournal(parts),
    ...ofMap(parts),
    ...commissioningHandlers(parts),
    ...ofApi(),
  };
  return handlers as Readonly<Record<RouteName, Handler>>;
}

type PeopleRoutes =
  | 'me'
  | 'signIn'
  | 'signOut'
  | 'setup'
  | 'users'
  | 'setUser'
  | 'removeUser'
  | 'tokens'
  | 'makeToken'
  | 'removeToken';

function ofPeople({ people }: HandlerParts): Pick<Handlers, PeopleRoutes> {
  const told = async (handled: Handled<unknown>): Promise<Answer> => {
    const done = await handled;
    return done.kind === 'refused' ? done : { kind: 'json', value: done.value, cookies: done.cookies };
  };
  return {
    me: ({ caller, who }) => told(people.me(caller, who)),
    signIn: ({ caller, who, body }) => told(people.signIn(caller, who, body)),
    signOut: ({ caller, who }) => told(people.signOut(caller, who)),
    setup: ({ caller, who, body }) => told(people.setup(caller, who, body)),
    users: ({ caller, who }) => told(people.users(caller, who)),
    setUser: ({ caller, who, body }) => told(people.setUser(caller, who, body)),
    removeUser: ({ caller, who, params }) => told(people.removeUser(caller, who, params.user)),
    tokens: ({ caller, who }) => told(people.tokens(caller, who)),
    makeToken: ({ caller, who, body }) => told(people.makeToken(caller, who, body.name)),
    removeToken: ({ caller, who, params }) => told(people.removeToken(caller, who, params.name)),
  };
}

type WatchRoutes = 'brief' | 'site' | 'state' | 'live' | 'households' | 'order' | 'doctor' | 'metrics';

function ofWatch({ watch, live, metrics }: HandlerParts): Pick<Handlers, WatchRoutes> {
  return {
    brief: async () => {
      if (!watch.isHeard()) return answerWords.silentWatch;
      if (watch.state === null) return answerWords.starting;
      const { state, isSounding, wall } = watch.state.head;
      return json({ state, isSounding, wall });
    },
    site: async () => (watch.site === null ? answerWords.starting : json(watch.site)),
    // An old state is never given out as the present one.
    state: async ({ who }) => {
      if (!watch.isHeard()) return answerWords.silentWatch;
      if (watch.state === null) return answerWords.starting;
      return json(seesWritten(who) ? watch.state : stateWithoutWritten(watch.state));
    },
    live: async ({ caller, who, query, lastEventId }) => {
      const refusal = live.refusal(caller);
      if (refusal !== null) return refusal;
      const after = lastEventId ?? afterOf(query);
      return { kind: 'live', take: (response, headers) => live.open(response, headers, { caller, who }, after) };
    },
    households: async () => json(watch.households),
    order: async ({ who, body }) => {
      const { level, origin } = who;
      if (level === 0) return answerWords.level(1);
      // It would be carried out whenever the watch wakes, in a village that is another by then.
      if (!watch.isHeard()) return answerWords.silentWatch;
      const by: PanelOrderer = { origin, level };
      return told(await watch.order(body, by), answerWords.orderLate);
    },
    doctor: async () => told(await watch.doctor(), answerWords.silentWatch),
    metrics: async () => ({
      kind: 'bytes',
      type: 'text/plain; version=0.0.4; charset=utf-8',
      bytes: metrics.text({ state: watch.state, isWatchHeard: watch.isHeard(), streams: live.size }),
    }),
  };
}

function told(asked: Asked<unknown>, late: Refusal): Answer {
  if (asked.is === 'answered') return json(asked.value);
  return asked.is === 'late' ? late : answerWords.busy;
}

/** A page that was opened anew hands its last id over as `?after=`; a browser's own reconnect sends the header. */
function afterOf(query: unknown): string | null {
  const after = typeof query === 'object' && query !== null && 'after' in query ? query.after : null;
  return typeof after === 'string' ? after : null;
}

type JournalRoutes = 'history' | 'entry' | 'search' | 'export' | 'trend';

function ofJournal({ reader, watch }: HandlerParts): Pick<Handlers, JournalRoutes> {
  let longReads = 0;
  const read = async (run: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await run();
    } catch {
      return answerWords.noJournal;
    }
  };
  // An answer that is not refused is always written, also when nobody waits for it any more.
  const long = (answer: Extract<Answer, { kind: 'text' }>): Answer => {
    if (longReads >= longReadsMax) return answerWords.longReads(longReadsMax);
    longReads += 1;
    return {
      ...answer,
      write: async (send, signal) => {
        try {
          await answer.write(send, signal);
        } finally {
          longReads -= 1;
        }
      },
    };
  };
  return {
    history: ({ body, who }) =>
      read(async () => {
        const page = await reader.page(body);
        return json({ ...page, entries: page.entries.map(shownTo(who)) });
      }),
    entry: ({ params, who }) =>
      read(async () => {
        const entry = await reader.entry(params.id);
        return entry === null ? answerWords.noEntry(params.id) : json(shownTo(who)(entry));
      }),
    trend: ({ query }) => read(async () => json(await reader.trend(query))),
    search: async ({ body, who }) => {
      const shown = shownTo(who);
      // That a text is found in what is not shown would say what stands there.
      const found = async (entry: HistoryEntry, send: (text: string) => Promise<void>): Promise<void> =>
        shown(entry) === entry ? send(`${JSON.stringify(entry)}\n`) : undefined;
      return long({
        kind: 'text',
        type: 'application/x-ndjson; charset=utf-8',
        fileName: null,
        write: (send, signal) => reader.search(body, (entry) => found(entry, send), signal),
      });
    },
    export: async ({ body: { format, ...span }, who }) => {
      const shown = shownTo(who);
      const form = exportForm(format, watch.site?.timeZone ?? null);
      return long({
        kind: 'text',
        type: form.type,
        fileName: form.fileName,
        write: async (send, signal) => {
          let before = form.begin;
          await reader.exportRows(
            span,
            async (rows) => {
              if (rows.length === 0) return;
              const text = before + rows.map((row) => form.row(shown(row))).join(form.between);
              before = form.between;
              await send(text);
            },
            signal,
          );
          await send((before === form.begin ? before : '') + form.end);
        },
      });
    },
  };
}

function shownTo(who: Who): (entry: HistoryEntry) => HistoryEntry {
  return seesWritten(who) ? (entry) => entry : entryWithoutWritten;
}

type MapRoutes = 'map' | 'setMap' | 'image' | 'putImage';

function ofMap({ maps, watch }: HandlerParts): Pick<Handlers, MapRoutes> {
  const changed = ({ who, caller }: Pick<Call, 'who' | 'caller'>): void =>
    watch.post({
      kind: 'note',
      what: { is: 'map-changed', user: who.user ?? who.origin, by: null, from: caller.address },
    });
  return {
    map: async () => json(await maps.read()),
    setMap: async ({ body, who, caller }) => {
      const plan = await maps.write(body);
      if ('kind' in plan) return plan;
      changed({ who, caller });
      return json(plan);
    },
    image: async ({ params, ifNoneMatch }) => {
      const kind = kindOfName(params.name);
      const image = await maps.image(params.name);
      if (kind === null || image === null) return answerWords.noImage(params.name);
      // Asked again each time, so that nobody sees it who has signed out.
      const headers = { etag: image.tag, 'cache-control': 'private, no-cache' };
      if (ifNoneMatch === image.tag) return { kind: 'same', headers };
      return { kind: 'bytes', type: imageTypes[kind], bytes: image.bytes, headers };
    },
    putImage: async ({ params, body, who, caller }) => {
      const named = kindOfName(params.name);
      if (named === null) return answerWords.badImageName(params.name, namePatternWords);
      const found = body instanceof Uint8Array ? kindOfBytes(body) : null;
      if (!(body instanceof Uint8Array) || found !== named) return answerWords.noSuchImageKind(named, found);
      const refusal = await maps.writeImage(params.name, body);
      if (refusal !== null) return refusal;
      changed({ who, caller });
      return json({ name: params.name });
    },
  };
}

/** Made when somebody asks for the first time; nothing in it changes. */
function ofApi(): Pick<Handlers, 'openapi' | 'docs'> {
  const made: { openapi?: Answer; docs?: Answer } = {};
  return {
    openapi: async () => {
      made.openapi ??= {
        kind: 'bytes',
        type: 'application/json; charset=utf-8',
        bytes: JSON.stringify(openapi(), null, 1),
      };
      return made.openapi;
    },
    docs: async () => {
      made.docs ??= docsPage();
      return made.docs;
    },
  };
}

/** Bytes a body may have where it is more than others: the plan has up to 2,000 pins per image. */
export const bodyMaxBytes: Partial<Record<RouteName, number>> = {
  setMap: 1024 * 1024,
  putImage: 8 * 1024 * 1024,
  putCommissioningPhoto: 8 * 1024 * 1024,
};

export const routeList = Object.entries(routes) as readonly (readonly [RouteName, RouteInfo])[];
