/** A message on one of the topics of a site → what it says, or why it is none. Never throws: the bytes are from outside. Pure. */
import { type HeardResult, type HeardRow, type HeardStatus, resultStates, type Unreadable } from './heard.js';
import { wallOf } from './moment.js';
import { type Json, type JsonObject, must, objectIn, oneOf, readJson, ShapeFault, textIn } from './read-json.js';
import { packRecords, readPack } from './read-pack.js';
import { readReport } from './read-report.js';

const messageMaxBytes = 64 * 1024;

export interface Site {
  readonly district: string;
  readonly site: string;
}

export interface ReadMessage {
  readonly said: HeardRow | HeardStatus | HeardResult | Unreadable;
  readonly parsed: Json;
}

/** Everything of a site is below this. */
export function rootOf({ district, site }: Site): string {
  return `gengfu/v1/${district}/${site}`;
}

export function readMessage(of: Site, topic: string, bytes: Uint8Array): ReadMessage {
  let parsed: Json = null;
  try {
    must(bytes.length <= messageMaxBytes, 'larger than 64 kB');
    const root = `${rootOf(of)}/`;
    must(topic.startsWith(root), 'a topic of another site');
    const [what = '', topicClass = '', more] = topic.slice(root.length).split('/');
    must(more === undefined, 'topic');
    parsed = what === 'telemetry' ? packRecords(bytes) : jsonOf(bytes);
    return { said: readAs(what, topicClass, parsed, of), parsed };
  } catch (error) {
    if (!(error instanceof ShapeFault || error instanceof RangeError || error instanceof TypeError)) throw error;
    return { said: { what: 'unreadable', why: error.message }, parsed };
  }
}

function readAs(what: string, topicClass: string, parsed: Json, { district, site }: Site): ReadMessage['said'] {
  switch (what) {
    case 'report':
      return readReport(objectIn(parsed, 'event'), district, site, topicClass);
    case 'telemetry':
      return readPack(parsed, district, site);
    case 'status':
      return readStatus(objectIn(parsed, 'status'));
    case 'result':
      return readResult(objectIn(parsed, 'result'));
    default:
      throw new ShapeFault('topic');
  }
}

function readStatus(status: JsonObject): HeardStatus {
  const state = oneOf(status['state'], ['online', 'offline'] as const, 'state');
  if (state === 'offline')
    return { what: 'status', state, reason: oneOf(status['reason'], ['stopped', 'lost'] as const, 'reason') };
  wallOf(textIn(status['since'], 'since'), 'since');
  oneOf(status['clock'], ['trusted', 'hinted', 'untrusted'] as const, 'clock');
  return { what: 'status', state, reason: null };
}

function readResult(result: JsonObject): HeardResult {
  must(result['version'] === 1, 'version');
  const { command, reason, words } = result;
  wallOf(textIn(result['at'], 'at'), 'at');
  must(words === null || textIn(objectIn(words, 'words')['zh'], 'words.zh') !== '', 'words');
  return {
    what: 'result',
    command: command === null ? null : textIn(command, 'command'),
    state: oneOf(result['state'], resultStates, 'state'),
    reason: reason === null ? null : textIn(reason, 'reason'),
    detail: objectIn(result['detail'], 'detail'),
  };
}

function jsonOf(bytes: Uint8Array): Json {
  const parsed = readJson(bytes);
  must(parsed !== undefined, 'not JSON in UTF-8');
  return parsed;
}
