/** What may order something from outside, and what may not: nothing is believed before the signature. */
import { describe, expect, test } from 'vitest';
import { type CommandContext, verifyCommand } from '../../sync/command-envelope.js';
import { orderRules } from '../../sync/command-rules.js';
import { isShallow } from '../../sync/json-depth.js';
import type { Order } from '../../sync/messages/command.js';
import { toRfc3339 } from '../../sync/mqtt/rfc3339.js';
import { readMoment } from '../../sync/read-moment.js';
import { signEnvelope } from '../../sync/signed-envelope.js';
import { newSigningKey, signingKeyOf } from '../../sync/signing-key.js';
import { fuzzCommands } from '../soak/command-fuzz.js';
import {
  aBroadcast,
  commandKey,
  context,
  districtSeed,
  dutyCheck,
  hourMs,
  minuteMs,
  noon,
  payloadOf,
  signed,
  strangerSeed,
  verdict,
} from './command-rig.js';

type RowHead = readonly [what: string, bytes: () => Uint8Array, reason: string];
type Row = readonly [...RowHead, over: Partial<CommandContext>];

const text = (envelope: unknown): Uint8Array => Buffer.from(JSON.stringify(envelope));
const envelope = (payload = payloadOf(), seed = districtSeed, keyId = 'duty-room') =>
  signEnvelope('command', keyId, payload, seed);
const keys = (over: Parameters<typeof commandKey>[0]) => ({ keys: new Map([['duty-room', commandKey(over)]]) });
const at = (wall: number) => ({ time: { isSure: true, wall } as const });
const rows: readonly (RowHead | Row)[] = [
  ['a good one', () => signed(), 'ok'],
  ['one byte too many', () => new Uint8Array(64 * 1024 + 1), 'oversize'],
  ['nothing', () => new Uint8Array(), 'malformed'],
  ['no JSON', () => Buffer.from('sound the sirens'), 'malformed'],
  ['bytes that are no text', () => Uint8Array.from([0x22, 0xff, 0xfe, 0x22]), 'malformed'],
  ['sixty thousand brackets', () => Buffer.from('['.repeat(60_000)), 'malformed'],
  ['a key beside', () => text({ ...envelope(), and: 1 }), 'malformed'],
  ['a payload that is an object', () => text({ ...envelope(), payload: {} }), 'malformed'],
  ['no signature', () => text({ ...envelope(), signature: null }), 'unsigned'],
  ['no key', () => text({ ...envelope(), keyId: null }), 'unsigned'],
  ['a key of the prototype', () => text({ ...envelope(), keyId: '__proto__' }), 'unknown-key'],
  ['another key', () => text(envelope(payloadOf(), strangerSeed, 'stranger')), 'unknown-key'],
  ['a stranger under our name', () => signed({ seed: strangerSeed }), 'bad-signature'],
  ['an edited payload', () => text({ ...envelope(), payload: payloadOf({ id: 'another-1' }) }), 'bad-signature'],
  ['a space at its end', () => text({ ...envelope(), payload: `${envelope().payload} ` }), 'bad-signature'],
  ['an empty signature', () => text({ ...envelope(), signature: '' }), 'bad-signature'],
  ['a receipt', () => text(signEnvelope('receipt', 'duty-room', payloadOf(), districtSeed)), 'bad-signature'],
  ['another spelling of its base64', () => text(otherSpelling()), 'bad-signature'],
  ['half a character', () => text({ ...envelope('{"a":"\ud800"}') }), 'malformed'],
  ['half a character for a whole', () => text(halfForWhole()), 'malformed'],
  ['a payload that is no JSON', () => text(envelope('silence!')), 'malformed'],
  ['another version', () => signed({ over: { version: 2 } }), 'malformed'],
  ['an order that there is not', () => signed({ what: { order: 'siren_on' } }), 'malformed'],
  ['no life at all', () => signed({ lifeMs: 0 }), 'malformed'],
  ['an expired key', () => signed(), 'key-expired', keys({ notAfter: '2026-11-21' })],
  ['the last day of a key', () => signed(), 'ok', keys({ notAfter: '2026-11-22' })],
  ['another site', () => signed({ over: { site: 'new-town' } }), 'foreign'],
  ['another district', () => signed({ over: { district: 'elsewhere' } }), 'foreign'],
  ['an id that was used', () => signed(), 'replayed', { isUsed: () => true }],
  ['a life of a day', () => signed({ lifeMs: 24 * hourMs }), 'ok'],
  ['a longer life', () => signed({ lifeMs: 24 * hourMs + 1 }), 'life-too-long'],
  ['its last moment', () => signed(), 'ok', at(noon + hourMs)],
  ['a moment later', () => signed(), 'expired', at(noon + hourMs + 1)],
  ['from five minutes ahead', () => signed(), 'ok', at(noon - 5 * minuteMs)],
  ['from more than that ahead', () => signed(), 'not-yet-valid', at(noon - 5 * minuteMs - 1)],
  ['from before the journal', () => signed(), 'before-this-journal', { remembersSinceWall: noon - 4 * minuteMs }],
  ['from well after it began', () => signed(), 'ok', { remembersSinceWall: noon - 5 * minuteMs }],
  ['no right', () => signed(), 'no-right', keys({ rights: ['silence', 'test'] })],
  ['a zone of its key', () => zoned('hall'), 'ok', keys({ zones: ['hall'] as never })],
  ['a zone beyond', () => zoned('hall', 'street'), 'zone-not-allowed', keys({ zones: ['hall'] as never })],
  [
    'the whole site, by a key of one zone',
    () => signed({ what: { order: 'config_rollback' } }),
    'zone-not-allowed',
    keys({ zones: ['hall'] as never }),
  ],
];

function zoned(...zones: readonly string[]): Uint8Array {
  return signed({ what: { ...aBroadcast, zones } });
}

/** The last letter of 64 bytes in base64 has four bits that mean nothing. */
function otherSpelling() {
  const good = envelope();
  const signature = good.signature ?? '';
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(signature[85] ?? '');
  return {
    ...good,
    signature: `${signature.slice(0, 85)}${'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'[last + 1]}==`,
  };
}

/** In bytes both are U+FFFD, so that the signature holds. */
function halfForWhole() {
  const good = envelope(payloadOf({ what: { ...aBroadcast, text: '\ufffd' } }));
  return { ...good, payload: good.payload.replace('\ufffd', '\ud800') };
}

describe('an order from outside', () => {
  test.each(rows.map(([what, bytes, reason, over = {}]) => [what, bytes, reason, over] as const))(
    '%s',
    (_, bytes, reason, over) => {
      expect(verdict(bytes(), over)).toBe(reason);
    },
  );

  test('names neither key nor command until its signature holds', () => {
    const forged = verifyCommand(signed({ id: 'genuine-1', seed: strangerSeed }), context());
    expect(forged).toEqual({ ok: false, reason: 'bad-signature', command: null, keyId: null });
    const late = verifyCommand(signed({ id: 'genuine-1' }), context(at(noon + 2 * hourMs)));
    expect(late).toEqual({ ok: false, reason: 'expired', command: 'genuine-1', keyId: 'duty-room' });
  });

  test('that leaves its zones open is open only as far as its key', () => {
    const limited = verifyCommand(signed(), context(keys({ zones: ['hall', 'pool'] as never })));
    expect(limited).toMatchObject({ ok: true, zones: ['hall', 'pool'] });
    expect(verifyCommand(signed(), context())).toMatchObject({ ok: true, zones: null });
  });

  test('is hostile in 10,000 ways, and none is taken', () => {
    expect(fuzzCommands(10_000, 20_261_122)).toMatchObject({ fed: 10_000, accepted: 0 });
  });
});

describe('with a clock that can not be believed', () => {
  const upTo = 'e1-b1-7';
  const orders: readonly Order[] = [
    { order: 'silence', upTo },
    { order: 'reset_request', upTo },
    { order: 'siren_test' },
    { order: 'speaker_test' },
    aBroadcast,
    { order: 'broadcast_stop' },
    dutyCheck,
    { order: 'read_points' },
    { order: 'shelve', subjects: ['smoke-1'], forS: 600 },
    { order: 'unshelve', subjects: ['smoke-1'] },
    { order: 'time', now: toRfc3339(noon) },
    { order: 'config_fetch', part: 1 },
    { order: 'config_stage', sha256: 'a'.repeat(64), part: 1, parts: 1, gzip: 'H4sI' },
    { order: 'config_apply', sha256: 'a'.repeat(64) },
    { order: 'config_rollback' },
  ];
  const harmless = ['duty_check', 'read_points', 'unshelve', 'time', 'config_fetch'];
  const unsure = { time: { isSure: false, atLeastWall: null } } as const;

  test('every order is in the table', () => {
    expect(orders.map(({ order }) => order)).toEqual(Object.keys(orderRules));
  });

  test.each(orders.map((what) => [what.order, what] as const))('%s', (name, what) => {
    const verdictNow = verdict(signed({ what, wall: noon - 400 * 24 * hourMs }), unsure);
    expect(verdictNow).toBe(harmless.includes(name) ? 'ok' : 'clock-untrusted');
    expect(verdict(signed({ what }), { time: { isSure: false, atLeastWall: noon + 2 * hourMs } })).toBe('expired');
  });
});

describe('small parts', () => {
  test('moments are read as they are written', () => {
    for (const wall of [0, noon, Date.UTC(2028, 1, 29, 23, 59, 59, 999), Date.UTC(2100, 1, 28), Date.UTC(2000, 2, 1)]) {
      expect(readMoment(toRfc3339(wall))).toBe(wall);
    }
    expect(readMoment('2026-11-22T12:00Z')).toBe(noon);
    expect(readMoment('2026-11-22T12:00:00.1234Z')).toBe(noon + 123);
    expect(readMoment('2026-11-22T12:00:00+08:00')).toBe(null);
  });

  test('depth is counted outside of strings', () => {
    expect(isShallow('{"a":"[[[{{{\\"[[["}', 1)).toBe(true);
    expect(isShallow('{"a":[1]}', 1)).toBe(false);
    expect(isShallow('[],[],[]', 1)).toBe(true);
  });

  test('a new key is one that signs, and is new', () => {
    const [one, other] = [newSigningKey(), newSigningKey()];
    expect(one).not.toEqual(other);
    expect(signingKeyOf(one.seed)).toEqual(one);
    expect(verdict(signed({ seed: one.seed }), keys({ publicKey: one.publicKey }))).toBe('ok');
  });
});
