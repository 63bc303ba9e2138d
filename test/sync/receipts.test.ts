/** What counts as kept: what the district says, checked. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { CommandKeyConfig } from '../../config/site.js';
import type { Receipt } from '../../sync/messages/receipt.js';
import type { ReceiptRules } from '../../sync/receipt-book.js';
import { type Envelope, signEnvelope } from '../../sync/signed-envelope.js';
import { tellAll } from '../../sync/tell-filter.js';
import { ListJournal, Rig } from './pump-rig.js';
import { epochId, ObedientUplink } from './rig.js';

interface Pair {
  readonly publicKey: string;
  readonly seed: string;
}

function makePair(): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const last32 = (der: Buffer): string => der.subarray(-32).toString('base64');
  return {
    publicKey: last32(publicKey.export({ format: 'der', type: 'spki' })),
    seed: last32(privateKey.export({ format: 'der', type: 'pkcs8' })),
  };
}

const pair = makePair();
const key = (id: string, over: Partial<CommandKeyConfig> = {}): CommandKeyConfig => ({
  ...{ id, publicKey: pair.publicKey, rights: ['receipt'], zones: null, notAfter: '2026-11-22' },
  ...over,
});
const rules = (mode: ReceiptRules['mode']): ReceiptRules => ({
  ...{ mode, district: brandId('d1'), site: brandId('s1') },
  keys: [key('center'), key('tester', { rights: ['test'] }), key('old', { notAfter: '2026-11-21' })],
});

const receipt = (kept: Receipt['kept'], over: Partial<Receipt> = {}): string =>
  JSON.stringify({
    ...{ version: 1, district: 'd1', site: 's1', uplink: 'district', issued: '2026-11-22T02:00:00Z', kept },
    ...over,
  });
const unsigned = (payload: string): Envelope => ({ keyId: null, payload, signature: null });
const at = (position: number, epoch = 'e1', sequence = position) => ({ epoch, sequence, position });

async function startedRig(receipts: ReceiptRules | null, journal = new ListJournal()) {
  const rig = new Rig(journal, new ObedientUplink(), { receipts });
  await rig.startUp();
  rig.news.length = 0;
  const sayBytes = async (envelope: Uint8Array): Promise<void> => {
    rig.uplink.events?.onRequest({ uplink: rig.uplink.id, kind: 'receipt', envelope });
    await rig.clock.advance(1_000);
  };
  const say = (envelope: unknown): Promise<void> => sayBytes(Buffer.from(JSON.stringify(envelope)));
  const kept = (lane: 'fire' | 'journal' = 'fire') => rig.pump.lane(lane)?.kept;
  return Object.assign(rig, { say, sayBytes, kept });
}

async function carriedRig(receipts: ReceiptRules | null, rows = 5) {
  const journal = new ListJournal();
  journal.add('fire', rows);
  const rig = await startedRig(receipts, journal);
  await rig.confirmAll();
  return rig;
}

describe('a receipt', () => {
  test('moves "kept" forward, never back, and is saved with the positions', async () => {
    const rig = await carriedRig(rules('unsigned'));
    expect(rig.pump.lane('fire')?.unkept.rows).toBe(5);
    await rig.say(unsigned(receipt({ fire: at(3) })));
    expect([rig.kept(), rig.pump.lane('fire')?.unkept.rows]).toEqual([3, 2]);
    await rig.say(unsigned(receipt({ fire: at(2) })));
    expect([rig.kept(), rig.news]).toEqual([3, ['kept fire']]);
    await rig.clock.advance(10_000);
    expect(rig.journal.rowOf('fire')).toMatchObject({ position: 5, kept: 3 });
    const again = await startedRig(rules('unsigned'), rig.journal);
    expect([again.kept(), again.pump.lane('fire')?.unkept.rows]).toEqual([3, 2]);
    await again.say(unsigned(receipt({ fire: at(5) })));
    expect(again.pump.lane('fire')?.unkept.rows).toBe(0);
  });

  test('never reaches beyond what is carried: one that comes before its confirmation waits for it', async () => {
    const journal = new ListJournal();
    journal.add('fire', 3);
    const rig = await startedRig(rules('unsigned'), journal);
    await rig.say(unsigned(receipt({ fire: at(3) })));
    expect(rig.kept()).toBe(0);
    rig.uplink.confirmNext();
    await rig.clock.advance(0);
    expect(rig.kept()).toBe(0);
    await rig.confirmAll();
    expect(rig.kept()).toBe(3);
  });

  test('of a row that is gone counts as far as it is carried', async () => {
    const rig = await carriedRig(rules('unsigned'));
    rig.journal.placeAt = async () => null;
    await rig.say(unsigned(receipt({ fire: at(6) })));
    expect([rig.kept(), rig.news]).toEqual([0, ['no-such-row']]);
    await rig.say(unsigned(receipt({ fire: at(4) })));
    expect(rig.kept()).toBe(4);
  });

  const payload = receipt({ fire: at(3) });
  const sign = (keyId: string, seed = pair.seed): Envelope => signEnvelope('receipt', keyId, payload, seed);

  test.each<readonly [string, 'unsigned' | 'signed' | null, unknown, string]>([
    ['where none are wanted', null, unsigned(payload), 'not-wanted'],
    ['that is no JSON', 'unsigned', 'nonsense', 'malformed'],
    ['whose payload is no receipt', 'unsigned', unsigned('{"version":2}'), 'malformed'],
    ['of another site', 'unsigned', unsigned(receipt({ fire: at(3) }, { site: 's2' })), 'foreign'],
    ['of another uplink', 'unsigned', unsigned(receipt({ fire: at(3) }, { uplink: 'other' })), 'foreign'],
    ['of another epoch', 'unsigned', unsigned(receipt({ fire: at(3, 'e9') })), 'no-such-row'],
    ['with another sequence', 'unsigned', unsigned(receipt({ fire: at(3, 'e1', 4) })), 'no-such-row'],
    ['without a signature', 'signed', unsigned(payload), 'unsigned'],
    ['of an unknown key', 'signed', sign('nobody'), 'unknown-key'],
    ['of a key without the right', 'signed', sign('tester'), 'no-right'],
    ['of a key that is over', 'signed', sign('old'), 'key-expired'],
    ['signed by another', 'signed', sign('center', makePair().seed), 'bad-signature'],
    ['signed as a command', 'signed', signEnvelope('command', 'center', payload, pair.seed), 'bad-signature'],
    ['changed after signing', 'signed', { ...sign('center'), payload: receipt({ fire: at(5) }) }, 'bad-signature'],
  ])('%s is ignored, and counted', async (_name, mode, envelope, why) => {
    const rig = await carriedRig(mode === null ? null : rules(mode));
    await rig.say(envelope);
    expect([rig.kept(), rig.news]).toEqual([0, [why]]);
  });

  test('signed by a key with the right counts on its last day', async () => {
    const rig = await carriedRig(rules('signed'));
    await rig.say(sign('center'));
    expect(rig.kept()).toBe(3);
  });

  test('in a flood is looked at ten times a second, and bytes of any kind throw nothing', async () => {
    const rig = await carriedRig(rules('signed'));
    let asked = 0;
    const seen = () => rig.news.filter((why) => why !== 'too-many').length;
    for (let n = 0; n < 500; n++) {
      const bytes = Uint8Array.from({ length: n % 300 }, () => (asked = (asked * 31 + n) & 255));
      rig.uplink.events?.onRequest({ uplink: rig.uplink.id, kind: 'receipt', envelope: bytes });
    }
    await rig.clock.advance(0);
    expect(seen()).toBeLessThanOrEqual(20);
    await rig.clock.advance(1_000);
    await rig.say(sign('center'));
    expect(rig.kept()).toBe(3);
  });

  test('that does not come: what is not kept goes again with the same predecessors, whatever is on its way; nothing is counted twice', async () => {
    const rig = await carriedRig(rules('unsigned'));
    await rig.say(unsigned(receipt({ fire: at(2) })));
    rig.journal.add('fire', 3);
    await rig.wake();
    const before = rig.uplink.sent.length;
    rig.pump.tellAgain('fire');
    await rig.clock.advance(0);
    expect(rig.pump.lane('fire')?.position).toBe(2);
    await rig.confirmAll();
    const again = rig.uplink.sent
      .slice(before)
      .map((report) => report.durable && [report.entry.position, report.previous]);
    expect(again).toEqual([3, 4, 5, 6, 7, 8].map((position) => [position, position - 1]));
    const lane = rig.pump.lane('fire');
    expect([lane?.position, lane?.kept, lane?.unkept.rows, lane?.queued]).toEqual([8, 2, 6, 0]);
    await rig.say(unsigned(receipt({ fire: at(8) })));
    expect([lane?.kept, lane?.unkept.rows]).toEqual([8, 0]);
    rig.pump.tellAgain('fire');
    await rig.clock.advance(0);
    expect(rig.uplink.sent).toHaveLength(before + 6);
  });

  test('is not waited for by rows that are nothing for this centre: behind all that it has kept they hold nothing up', async () => {
    const journal = new ListJournal();
    journal.add('journal', 3, { class: 'fault' });
    journal.add('fire', 2);
    journal.addOperations(2);
    const tell = { ...tellAll, kinds: ['alarm.raised'] as const, classes: ['fire'] as const };
    const rig = new Rig(journal, new ObedientUplink(), { receipts: rules('unsigned'), tell });
    await rig.startUp();
    await rig.confirmAll();
    await rig.clock.advance(10_000);
    expect([journal.rowOf('journal'), journal.rowOf('fire')]).toMatchObject([
      { position: 3, kept: 3, told: null },
      { position: 7, kept: 0, told: { sequence: 5 } },
    ]);
    const envelope = Buffer.from(JSON.stringify(unsigned(receipt({ fire: at(5) }))));
    rig.uplink.events?.onRequest({ uplink: rig.uplink.id, kind: 'receipt', envelope });
    await rig.clock.advance(11_000);
    expect(journal.rowOf('fire')).toMatchObject({ position: 7, kept: 7 });
    journal.add('fire', 1, { kind: 'alarm.raised', class: 'fire' });
    await rig.wake();
    await rig.confirmAll();
    await rig.clock.advance(11_000);
    const next = new Rig(journal, new ObedientUplink(), { receipts: rules('unsigned'), tell });
    await next.startUp();
    expect([next.pump.lane('fire')?.kept, next.pump.lane('fire')?.unkept.rows]).toEqual([5, 3]);
  });

  test('after a restart nothing is unkept when all that this centre was told is kept', async () => {
    const rig = await carriedRig(rules('unsigned'));
    rig.journal.positions = [
      {
        uplink: rig.uplink.id,
        lane: 'fire',
        position: 5,
        kept: 3,
        told: { epoch: epochId('e1'), sequence: 3 },
        wall: 0,
      },
    ];
    const again = await startedRig(rules('unsigned'), rig.journal);
    expect(again.pump.lane('fire')?.unkept.rows).toBe(0);
  });

  test('commands are passed on', async () => {
    const rig = await carriedRig(rules('unsigned'));
    rig.uplink.events?.onRequest({ uplink: rig.uplink.id, kind: 'command', envelope: new Uint8Array() });
    expect(rig.news).toEqual(['command']);
  });
});
