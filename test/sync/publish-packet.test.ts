import { parser } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import type { MqttMessage } from '../../sync/mqtt/mqtt-link.js';
import { Unconfirmed } from '../../sync/mqtt/unconfirmed.js';

const message: MqttMessage = {
  topic: 'gengfu/v1/yangshuo/old-town/report/fire',
  payload: Buffer.from('{"zh":"火警"}'),
  retain: false,
  contentType: 'application/cloudevents+json',
};
const pending = { topic: message.topic, resolve: () => undefined, reject: () => undefined };

/** What a broker reads of it, with the parser of mqtt.js. */
function rig(version: '5' | '3.1.1') {
  const heard: {
    messageId?: number;
    topic: string;
    payload: Buffer;
    qos: number;
    retain: boolean;
    properties?: object;
  }[] = [];
  const reader = parser({ protocolVersion: version === '5' ? 5 : 4 });
  reader.on('packet', (packet) => heard.push(packet as (typeof heard)[number]));
  let lastId = 0;
  const unconfirmed = new Unconfirmed(
    {
      messageIdProvider: { allocate: () => (lastId = (lastId % 65_535) + 1) },
      stream: { cork: () => undefined, uncork: () => undefined, write: (bytes) => reader.parse(Buffer.from(bytes)) },
    },
    version,
  );
  return {
    heard,
    unconfirmed,
    write: (over: Partial<MqttMessage> = {}) => unconfirmed.write({ ...message, ...over }, pending),
  };
}

describe('a message that we write ourselves', () => {
  test.each([0, 1, 60, 127, 128, 16_383, 16_384, 70_000])('is read by a broker, with %i bytes', (length) => {
    for (const version of ['5', '3.1.1'] as const) {
      const { heard, write } = rig(version);
      const payload = Buffer.alloc(length, 'x');
      expect(write({ payload, retain: true })).toBe(true);
      expect(heard).toMatchObject([{ topic: message.topic, messageId: 1, qos: 1, retain: true, dup: false }]);
      expect(Buffer.from(heard[0]?.payload ?? '').equals(payload)).toBe(true);
      expect(heard[0]?.properties).toEqual(version === '5' ? { contentType: message.contentType } : undefined);
    }
  });

  test('names its topic once, then by its alias; no more of them than the broker allows', () => {
    const { heard, unconfirmed, write } = rig('5');
    unconfirmed.allowAliases(1);
    for (const topic of ['a', 'b', 'a', 'b']) write({ topic, contentType: null });
    expect(heard.map(({ topic, properties }) => [topic, properties])).toEqual([
      ['a', { topicAlias: 1 }],
      ['b', undefined],
      ['', { topicAlias: 1 }],
      ['b', undefined],
    ]);
  });

  test('has no alias in MQTT 3.1.1', () => {
    const { heard, unconfirmed, write } = rig('3.1.1');
    unconfirmed.allowAliases(10);
    for (let n = 0; n < 2; n++) write();
    expect(heard.map(({ topic }) => topic)).toEqual([message.topic, message.topic]);
  });

  test('never takes the id of one that is still unconfirmed, 65,536 messages later', () => {
    const { unconfirmed, write } = rig('3.1.1');
    write({ payload: Buffer.alloc(0) });
    for (let id = 2; id <= 65_535; id++) {
      write({ payload: Buffer.alloc(0) });
      expect(unconfirmed.take(id)).toBe(pending);
    }
    write();
    expect(unconfirmed.take(2)).toBe(pending);
    expect(unconfirmed.take(1)).toBe(pending);
    expect(unconfirmed.take(1)).toBeNull();
  });
});
