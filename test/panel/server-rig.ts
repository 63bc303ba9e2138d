/** The panel's server on a bridge that the test holds the other end of, with people and a journal made of plain values. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommissioningContent, RevisionFile } from '../../gateway/panel/api/commissioning.js';
import type { HistoryEntry } from '../../gateway/panel/api/history.js';
import type { PanelAnswer } from '../../gateway/panel/api/orders.js';
import type { SiteInfo } from '../../gateway/panel/api/site.js';
import type { PanelState } from '../../gateway/panel/api/state.js';
import type { PanelLevel } from '../../gateway/panel/api/words.js';
import type { FromPanel, ToPanel } from '../../gateway/panel/bridge.js';
import { makeApp } from '../../gateway/panel/server/app.js';
import type { JournalReading } from '../../gateway/panel/server/journal-reading.js';
import type { Caller, PeopleGate, Who } from '../../gateway/panel/server/people-gate.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

const words = (text: string) => ({ zh: text, en: text });
export const csrf = 'mark-of-the-page';

/** Who a request is, by its authorization header: `level 2`, `token`; without: level 1 from this box and no proxy, else 0. */
function whoIs(caller: Caller): Who {
  const isToken = caller.authorization === 'token';
  const isOwnScreen = caller.isLoopback && !caller.isForwarded;
  const given = /^level (\d)$/.exec(caller.authorization ?? '')?.[1];
  const level = (given === undefined ? (isOwnScreen || isToken ? 1 : 0) : Number(given)) as PanelLevel;
  const user = isToken ? 'reader' : level > 1 ? 'wang' : null;
  const origin = user === null ? 'panel' : `panel:${user}`;
  return { level, user, origin, isOwnScreen, isToken, csrf: isToken ? null : csrf, session: user };
}

export function stateOf(change: Partial<PanelState> = {}): PanelState {
  return {
    head: {
      boot: 'b1',
      order: 0,
      state: 'normal',
      isSounding: false,
      counts: { fire: 0, warning: 0, supervisory: 0, fault: 0, technical: 0 },
      wall: 1,
      clock: 'trusted',
      version: '0.1.0',
      upMs: 5000,
      isRecording: true,
    },
    shift: { person: null, sinceWall: null, note: null },
    alarms: {},
    points: {},
    outputs: {},
    uplinks: {},
    services: {},
    requests: {},
    soundings: {},
    incidents: {},
    ways: {},
    ...change,
  };
}

export const site: SiteInfo = {
  id: 'v1',
  district: 'd1',
  name: words('<script>alert(1)</script>'),
  timeZone: 'Asia/Shanghai',
  night: null,
  zones: [],
  lines: [],
  devices: [],
  points: [],
  outputs: [],
  speakers: [],
  messages: [],
  programme: [],
  uplinks: [],
  steps: [],
  care: [],
};

export const entry: HistoryEntry = {
  position: 1,
  epoch: 'e',
  sequence: 1,
  id: 'e-b-1',
  lane: 'fire',
  kind: 'alarm.raised',
  class: 'fire',
  subject: 'point:a',
  alarm: 'e-b-1',
  zone: null,
  wall: 1_780_000_000_000,
  clock: 'trusted',
  boot: 'b',
  origin: null,
  words: words('=HYPERLINK("http://evil")'),
  detail: {},
};

export const accepted: PanelAnswer = {
  ...{ accepted: true, reason: null, words: words('ok'), concerned: [], still: [], warnings: [], atWall: 1 },
};

export const journal: JournalReading = {
  page: async () => ({ entries: [entry], next: null, tookMs: 1 }),
  entry: async (id) => (id === entry.id ? entry : null),
  search: async (_span, onEntry) => onEntry(entry),
  exportRows: async (_span, onRows) => onRows([entry, entry]),
  trend: async ({ point }) => ({ point, buckets: [], tookMs: 1 }),
};

/** A photo of a commissioning that lies in the folder, and a revision that names it. */
export const photo = { bytes: Buffer.from([0xff, 0xd8, 0xff, 7]), name: `${'7'.repeat(64)}.jpg` };
const content: CommissioningContent = {
  ...{
    form: 1,
    revision: 1,
    site: { id: 'v1', district: 'd1', name: site.name },
    timeZone: 'Asia/Shanghai',
    zones: [],
  },
  ...{ siteSha256: null, version: '0.1.0', begunWall: 1, begunBy: 'panel:li', tester: '<b>Li</b>', organisation: null },
  ...{ frozenWall: 2, clock: 'trusted', note: null, warranty: null, devices: [], lines: [], uplinks: [] },
  ...{ tally: { passed: 0, failed: 0, notApplicable: 0, notTested: 0, all: 0 }, items: [], checkedAgainst: [] },
};
export const revision: RevisionFile = {
  ...{ form: 1, sha256: 'c'.repeat(64), content: JSON.stringify(content), signatures: [] },
};

export interface PanelRigOptions {
  readonly reader?: JournalReading;
  readonly isStill?: () => boolean;
  /** The watch has said nothing yet. */
  readonly isSilent?: boolean;
  /** Orders and questions are answered at once. Default true. */
  readonly isAnswering?: boolean;
}

export type PanelRig = ReturnType<typeof panelRig>;

export function panelRig({
  reader = journal,
  isStill = () => true,
  isSilent = false,
  isAnswering = true,
}: PanelRigOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gengfu-panel-'));
  const pageDir = join(folder, 'page');
  mkdirSync(join(pageDir, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html>page');
  writeFileSync(join(pageDir, 'assets', 'index-AbCd1234.js'), 'let page;');
  mkdirSync(join(folder, 'commissioning', 'photos'), { recursive: true });
  writeFileSync(join(folder, 'commissioning', 'revision-1.json'), JSON.stringify(revision));
  writeFileSync(join(folder, 'commissioning', 'photos', photo.name), photo.bytes);
  const clock = new SimClock();
  const posted: FromPanel[] = [];
  const takers: ((message: ToPanel) => void)[] = [];
  const done = async <Value>(value: Value) => ({ kind: 'done', value, cookies: [] }) as const;
  const me = async (caller: Caller, who: Who) =>
    ({
      kind: 'done',
      cookies: caller.method === 'POST' ? ['gengfu=1; HttpOnly'] : [],
      value: {
        ...{ user: who.user, level: who.level, isOwnScreen: who.isOwnScreen },
        csrf,
        endsWall: null,
        needsSetup: false,
      },
    }) as const;
  const people: PeopleGate = {
    who: whoIs,
    isStill,
    me,
    signIn: me,
    signOut: me,
    setup: me,
    users: () => done([]),
    setUser: () => done([]),
    removeUser: () => done([]),
    tokens: () => done([]),
    makeToken: (_caller, _who, name) => done({ name, token: 't' }),
    removeToken: () => done({}),
  };
  const app = makeApp({
    bridge: {
      post: (message) => {
        posted.push(message);
        if (isAnswering) answer(message);
      },
      onMessage: (take) => takers.push(take),
    },
    clock,
    people,
    reader,
    pageDir,
    dataDir: folder,
    hostNames: ['localhost', 'gengfu.local'],
    tls: null,
    start: 's1',
  });
  const say = (message: ToPanel): void => {
    for (const take of takers) take(message);
  };
  function answer(message: FromPanel): void {
    if (message.kind === 'order') say({ kind: 'answer', ask: message.ask, answer: accepted });
    if (message.kind === 'commissioning') say({ kind: 'commissioning', ask: message.ask, serial: 3, view: null });
    if (message.kind === 'doctor') say({ kind: 'doctor', ask: message.ask, facts: { lines: 1 } });
  }
  if (!isSilent) {
    say({ kind: 'site', site, households: [] });
    say({ kind: 'state', state: stateOf() });
  }
  const stop = async (): Promise<void> => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { app, clock, posted, folder, say, stop };
}
