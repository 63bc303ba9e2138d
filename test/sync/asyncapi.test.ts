import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asyncApiText, channels, type MessageName, messageSchemas, messages } from '../../sync/asyncapi.js';
import { testPublicKey } from '../../sync/asyncapi-examples.js';
import { type EnvelopePurpose, isSignedBy, parseEnvelope } from '../../sync/signed-envelope.js';

const file = 'sync/asyncapi.yaml';
if (process.env['UPDATE'] === '1') writeFileSync(file, asyncApiText());
const text = readFileSync(file, 'utf8');

type Json = { readonly [key: string]: Json };
const document = parse(text) as Json;

/** Everything in the document that is a reference, with where it stands. */
function referencesIn(value: unknown, path: string): readonly (readonly [path: string, to: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = '$ref' in value && typeof value.$ref === 'string' ? [[path, value.$ref] as const] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => referencesIn(inner, `${path}/${key}`))];
}

function at(pointer: string): unknown {
  const path = pointer.replace(/^#\//, '').split('/');
  return path.reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document);
}

describe('sync/asyncapi.yaml', () => {
  test('is what the schemas give (UPDATE=1 writes it)', () => {
    expect(text).toBe(asyncApiText());
  });

  test('has what AsyncAPI 3.0 asks for, and no reference that leads nowhere', () => {
    expect(document['asyncapi']).toBe('3.0.0');
    expect(document['info']).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    for (const server of Object.values(document['servers'] ?? {})) {
      expect(server).toMatchObject({ host: expect.any(String), protocol: 'secure-mqtt' });
    }
    const lost = referencesIn(document, '#').filter(([, to]) => at(to) === undefined);
    expect(lost).toEqual([]);
  });

  test('has a channel for every topic, with all its parameters, and one operation on each', () => {
    for (const [name, channel] of Object.entries(document['channels'] ?? {})) {
      const inAddress = [...String(channel['address']).matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect(Object.keys(channel['parameters'] ?? {}).sort(), name).toEqual(inAddress.sort());
      expect(Object.keys(channel['messages'] ?? {}), name).not.toEqual([]);
    }
    const operations = Object.values(document['operations'] ?? {});
    expect(operations.map(({ channel }) => channel?.['$ref']).sort()).toEqual(
      Object.keys(channels)
        .map((name) => `#/channels/${name}`)
        .sort(),
    );
    for (const { action, channel, messages: used } of operations) {
      expect(['send', 'receive']).toContain(action);
      for (const { $ref } of Object.values(used ?? {}))
        expect(String($ref)).toContain(`${String(channel?.['$ref'])}/messages/`);
    }
  });

  test.each(Object.keys(messages) as MessageName[])('every example of %s is what its schema takes', (name) => {
    const { schema, examples } = messages[name];
    expect(examples.length).toBeGreaterThan(0);
    for (const { payload } of examples) {
      expect(messageSchemas[schema].safeParse(payload).error?.issues ?? []).toEqual([]);
    }
  });

  test.each<EnvelopePurpose>(['command', 'receipt'])(
    'the example of a signed %s is signed, and its text is one',
    (name) => {
      const envelope = parseEnvelope(Buffer.from(JSON.stringify(messages[name].examples[0].payload)));
      if (envelope === null) throw new Error('no envelope');
      expect(isSignedBy(envelope, name, testPublicKey)).toBe(true);
      expect(isSignedBy(envelope, name === 'command' ? 'receipt' : 'command', testPublicKey)).toBe(false);
      expect(messageSchemas[name].safeParse(JSON.parse(envelope.payload)).success).toBe(true);
    },
  );
});
