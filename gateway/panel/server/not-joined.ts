/** Stands in until people and journal are joined: the box's own screen may look, and nobody can sign in. */
import type { OpenPeople, OpenReader } from './panel-thread.js';
import type { Caller, PeopleGate, Who } from './people-gate.js';
import { refused } from './refusal.js';

const noPeople = refused(503, 'no-people', { zh: '没有用户', en: 'there are no users' });
const no = async () => noPeople;

const gate: PeopleGate = {
  who: (caller: Caller): Who => ({
    level: caller.isLoopback && !caller.isForwarded ? 1 : 0,
    ...{ user: null, origin: 'panel', isOwnScreen: caller.isLoopback, isToken: false, csrf: 'screen', session: null },
  }),
  isStill: () => true,
  me: async (_caller, { level, isOwnScreen }) => ({
    kind: 'done',
    value: { ...{ user: null, level, isOwnScreen, csrf: 'screen' }, endsWall: null, needsSetup: true },
    cookies: [],
  }),
  ...{ signIn: no, signOut: no, setup: no, users: no, setUser: no, removeUser: no },
  ...{ tokens: no, makeToken: no, removeToken: no },
};

export const screenOnly: OpenPeople = { gate, bind: () => '127.0.0.1', stop: async () => {} };

const noJournal = async (): Promise<never> => {
  throw new Error('no journal is joined');
};
export const noReader: OpenReader = {
  reading: { page: noJournal, entry: noJournal, search: noJournal, exportRows: noJournal, trend: noJournal },
  close: async () => {},
};
