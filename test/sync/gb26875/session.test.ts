import { describe, expect, it } from 'vitest';
import { encodeAdu } from '../../../sync/gb26875/encode-adu.js';
import { box, centre, HandLink, inShort, noAdu } from './session-rig.js';

const zero = [0, 0, 0, 0, 0, 0];
const dutyCheck = { type: 91, objects: [{ minutes: 10 }] } as const;
const clockAt = { second: 30, minute: 15, hour: 8, day: 1, month: 10, year: 26 };
const clock = { type: 90, objects: [{ time: clockAt }] } as const;
const initialise = { type: 89, objects: [{}] } as const;
const readState = { type: 81, objects: [{}] } as const;

interface Story {
  readonly row: string;
  readonly tell: () => unknown;
  readonly then: unknown;
}

function story(row: string, tell: () => unknown, then: unknown): Story {
  return { row, tell, then };
}

function upLink(...args: ConstructorParameters<typeof HandLink>): HandLink {
  return new HandLink(...args).connect();
}

/** What a link has done since it was connected, in few words. */
function toldBy(link: HandLink, deeds: (link: HandLink) => void): readonly string[] {
  link.all = [];
  deeds(link);
  return inShort(link.all);
}

describe('GB/T 26875.3-2011 6.2 to 6.5: timing and errors', () => {
  it.each([
    story(
      'time-out: no confirmation for 10 s, so it is sent again, with its serial',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.wait(9_999);
          link.wait(1);
        }),
      ['data 0', 'data 0'],
    ),
    story(
      'time-out: free to configure',
      () =>
        toldBy(upLink('standard', { timeoutMs: 2_000 }), (link) => {
          link.send();
          link.wait(2_000);
        }),
      ['data 0', 'data 0'],
    ),
    story(
      'resends: three are advised; then the exchange has failed, and nobody else has a word: the link is given up',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.wait(60_000);
        }),
      ['data 0', 'data 0', 'data 0', 'data 0', 'close silent', 'failed 1 lost'],
    ),
    story(
      'resends: free to configure',
      () =>
        toldBy(upLink('standard', { resends: 0 }), (link) => {
          link.send();
          link.wait(60_000);
        }),
      ['data 0', 'close silent', 'failed 1 lost'],
    ),
    story(
      'after the last resend only the exchange has failed when the centre says other things',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.wait(35_000);
          link.centre(2, 900);
          link.wait(10_000);
        }),
      ['data 0', 'data 0', 'data 0', 'data 0', 'confirm 900', 'failed 1 silent'],
    ),
    story(
      'check error, sum: dropped and denied',
      () => toldBy(upLink(), (link) => link.bytes(spoilt(link.frame(1, 7, dutyCheck), -3))),
      ['deny 7'],
    ),
    story(
      'check error, unknown command: dropped and denied',
      () => toldBy(upLink(), (link) => link.bytes(withCommand(link.frame(1, 7, dutyCheck), 9))),
      ['deny 7'],
    ),
    story(
      'check error, command of a user: denied, and nothing is done',
      () => toldBy(upLink(), (link) => link.centre(130, 7, dutyCheck)),
      ['deny 7'],
    ),
    story(
      'check error, length over 1024: dropped and denied',
      () =>
        toldBy(upLink(), (link) => {
          const bytes = link.frame(1, 7, dutyCheck);
          bytes[25] = 0x7f;
          link.bytes(bytes);
        }),
      ['deny 7'],
    ),
    story(
      'check error, end mark: dropped and denied',
      () => toldBy(upLink(), (link) => link.bytes(spoilt(link.frame(1, 7, dutyCheck), -1))),
      ['deny 7'],
    ),
    story(
      'check error, start mark: dropped; there is nobody to deny',
      () => toldBy(upLink(), (link) => link.bytes(spoilt(link.frame(1, 7, dutyCheck), 0))),
      [],
    ),
    story(
      'a denial of a frame with a wrong sum is not denied: two would go to and fro for ever',
      () => toldBy(upLink(), (link) => link.bytes(spoilt(link.frame(6, 7), -3))),
      [],
    ),
    story(
      'deny: sent again, without a storm',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.centre(6, 0);
          link.wait(499);
          link.wait(1);
        }),
      ['data 0', 'data 0'],
    ),
    story(
      'deny: the last resend denied as well, the exchange has failed',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          for (let n = 0; n < 4; n++) {
            link.centre(6, 0);
            link.wait(500);
          }
        }),
      ['data 0', 'data 0', 'data 0', 'data 0', 'failed 1 denied'],
    ),
    story(
      'deny: of no exchange of ours, a hint that means nothing',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.centre(6, 77);
          link.wait(1_000);
        }),
      ['data 0'],
    ),
    story(
      'serial: each side has its own counter, and the answer has the serial of what it answers',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.centre(1, 0, dutyCheck);
          link.centre(3, 0);
        }),
      ['data 0', 'confirm 0', 'order duty-check', 'confirmed 1'],
    ),
    story(
      'serial: from 0, one more for each new packet, over a new link as well, 65 535 is followed by 0',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.centre(3, 0);
          link.do({ kind: 'closed' });
          link.connect();
          link.send();
          link.state = { ...link.state, nextSerial: 65_535, outstanding: [] };
          for (const serial of [65_535, 0]) {
            link.send();
            link.centre(3, serial);
          }
        }),
      ['data 0', 'confirmed 1', 'up', 'data 1', 'data 65535', 'confirmed 3', 'data 0', 'confirmed 4'],
    ),
  ])('$row', ({ tell, then }) => {
    expect(tell()).toEqual(then);
  });
});

describe('conventions of platforms beside the standard', () => {
  it.each([
    story(
      'heartbeat: data without a unit, confirmed by an empty confirmation, every 20 s',
      () =>
        toldBy(upLink('heartbeat'), (link) => {
          link.wait(20_000);
          link.centre(3, 0);
          link.wait(20_000);
        }),
      ['data 0', 'data 1'],
    ),
    story(
      'heartbeat: none is confirmed and nothing else comes, so the link is half open',
      () => toldBy(upLink('heartbeat'), (link) => link.wait(120_000)),
      ['data 0', 'data 0', 'data 0', 'data 0', 'close silent'],
    ),
    story('heartbeat: the centre has one too', () => toldBy(upLink(), (link) => link.centre(2, 3)), ['confirm 3']),
    story('handshake of 泛海三江: 16 is answered with 17, and only then reports go', () => {
      const link = upLink('sanjiang');
      const [asked] = link.all;
      const mayBefore = link.mayBegin(true);
      link.centre(3, 0, Uint8Array.of(0x17));
      return [asked?.kind === 'send' && [...asked.frame.adu], mayBefore, ...inShort(link.effects), link.mayBegin()];
    }, [[0x16], false, 'up', true]),
    story(
      'handshake of 泛海三江: what is not 17 is no answer to it',
      () =>
        toldBy(new HandLink('sanjiang'), (link) => {
          link.connect();
          link.centre(3, 0);
          link.wait(10_000);
        }),
      ['data 0', 'data 0'],
    ),
    story(
      'login: name and password as type 26, confirmed',
      () =>
        toldBy(new HandLink('login'), (link) => {
          link.connect(loginUnit);
          link.centre(3, 0);
        }),
      ['data 0', 'up'],
    ),
    story(
      'login: who is not registered is denied, and does not knock again on this link',
      () =>
        toldBy(new HandLink('login'), (link) => {
          link.connect(loginUnit);
          link.centre(6, 0);
        }),
      ['data 0', 'close refused'],
    ),
    story(
      'login: no answer at all',
      () =>
        toldBy(new HandLink('login'), (link) => {
          link.connect(loginUnit);
          link.wait(60_000);
        }),
      ['data 0', 'data 0', 'data 0', 'data 0', 'close silent'],
    ),
    story('time as BCD: the clock of the centre is read as it wrote it', () => {
      const link = upLink('haikang', { maySetClock: true });
      link.centre(1, 1, clock);
      return link.effects.flatMap((each) => (each.kind === 'order' ? [each.order] : []));
    }, [{ kind: 'clock', time: clockAt }]),
    story(
      'version byte 2 or 0x10: taken whatever it is',
      () => toldBy(upLink(), (link) => link.centre(1, 1, dutyCheck, { version: [0x10, 2] })),
      ['confirm 1', 'order duty-check'],
    ),
    story('source address is an IMEI: answered to whoever asked', () => {
      const link = upLink();
      link.centre(1, 1, dutyCheck, { source: [0x35, 0x86, 0x21, 0x04, 0x99, 0x17] });
      return link.effects.flatMap((each) => (each.kind === 'send' ? [each.frame.destination] : []));
    }, [[0x35, 0x86, 0x21, 0x04, 0x99, 0x17]]),
    story(
      'time tag all zero: no fault',
      () => toldBy(upLink(), (link) => link.centre(1, 1, dutyCheck, { time: null })),
      ['confirm 1', 'order duty-check'],
    ),
    story(
      '赋安: its server sends a short sign of life, and gets the short reply',
      () => toldBy(upLink('fuan'), (link) => link.bytes(hex('404088000105000000000000000000007D2323'))),
      ['short reply'],
    ),
    story(
      '赋安: our short sign of life every 10 s; the short reply counts for the oldest that waits for one',
      () =>
        toldBy(upLink('fuan'), (link) => {
          link.wait(10_000);
          link.send();
          const reply = hex('40400100010500000000000000000000B82323');
          link.bytes(reply);
          link.bytes(reply);
        }),
      ['short alive', 'data 0', 'confirmed 1'],
    ),
    story(
      'system codes of vendors: a read of one is asked of the site like any other',
      () => toldBy(upLink(), (link) => link.centre(4, 1, { type: 61, objects: [{ system: 0x81, systemAddress: 1 }] })),
      ['read 61'],
    ),
    story(
      'types of users: denied, never acted on',
      () =>
        toldBy(upLink(), (link) => link.centre(1, 1, { type: 'other', flag: 0x82, count: 1, body: Uint8Array.of(1) })),
      ['deny 1'],
    ),
    story('description with garbage behind its NUL: a unit that we do not take is denied, and does no harm', () => {
      const adu = encodeAdu(
        {
          type: 7,
          objects: [{ system: 1, systemAddress: 1, component: 40, address: [1, 0, 2, 0], text: '走廊' }],
        },
        { timeCoding: 'binary' },
      );
      adu.fill(0xff, adu.length - 20);
      return toldBy(upLink(), (link) => link.centre(4, 1, adu));
    }, ['deny 1']),
    story(
      'addresses that a centre leaves empty, or sends back as they came: a confirmation all the same',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.centre(3, 0, noAdu, { source: zero, destination: zero });
          link.send();
          link.centre(3, 1, noAdu, { source: box, destination: centre });
        }),
      ['data 0', 'confirmed 1', 'data 1', 'confirmed 2'],
    ),
  ])('$row', ({ tell, then }) => {
    expect(tell()).toEqual(then);
  });
});

describe('what the centre asks', () => {
  it.each([
    story('duty check in command 1: confirmed at once, and an order with its minutes', () => {
      const link = upLink();
      link.centre(1, 5, dutyCheck);
      return link.effects.map((each) => (each.kind === 'order' ? each.order : inShort([each])[0]));
    }, ['confirm 5', { kind: 'duty-check', withinMs: 600_000 }]),
    story(
      'orders in command 4 exist in the field, and are taken',
      () => toldBy(upLink(), (link) => link.centre(4, 5, dutyCheck)),
      ['confirm 5', 'order duty-check'],
    ),
    story(
      'the same order with the same serial is confirmed again and not acted on',
      () =>
        toldBy(upLink(), (link) => {
          link.centre(1, 5, dutyCheck);
          link.wait(10_000);
          link.centre(1, 5, dutyCheck);
        }),
      ['confirm 5', 'order duty-check', 'confirm 5'],
    ),
    story(
      'a centre whose serial is always 0 asks again after a minute',
      () =>
        toldBy(upLink(), (link) => {
          link.centre(1, 0, dutyCheck);
          link.wait(60_000);
          link.centre(1, 0, dutyCheck);
        }),
      ['confirm 0', 'order duty-check', 'confirm 0', 'order duty-check'],
    ),
    story(
      'a duty check of no minutes means nothing',
      () => toldBy(upLink(), (link) => link.centre(1, 5, { type: 91, objects: [{ minutes: 0 }] })),
      ['deny 5'],
    ),
    story(
      'duty checks that the site file does not allow',
      () => toldBy(upLink('standard', { takesDutyChecks: false }), (link) => link.centre(1, 5, dutyCheck)),
      ['deny 5'],
    ),
    story(
      'clock and initialise are denied unless allowed',
      () =>
        toldBy(upLink(), (link) => {
          link.centre(1, 5, clock);
          link.centre(1, 6, initialise);
        }),
      ['deny 5', 'deny 6'],
    ),
    story(
      'initialise, allowed: once in a minute',
      () =>
        toldBy(upLink('standard', { mayInitialise: true }), (link) => {
          link.centre(1, 5, initialise);
          link.centre(1, 6, initialise);
          link.wait(60_000);
          link.centre(1, 7, initialise);
        }),
      ['confirm 5', 'order initialise', 'deny 6', 'confirm 7', 'order initialise'],
    ),
    story(
      'a clock that shows no time is no order',
      () =>
        toldBy(upLink('standard', { maySetClock: true }), (link) =>
          link.centre(1, 5, Uint8Array.of(90, 1, 0, 0, 0, 0, 0, 0)),
        ),
      ['deny 5'],
    ),
    story(
      'for another address: denied, never done',
      () => toldBy(upLink(), (link) => link.centre(1, 5, dutyCheck, { destination: [9, 9, 9, 9, 9, 9] })),
      ['deny 5'],
    ),
    story(
      'a confirmation for another address confirms nothing',
      () =>
        toldBy(upLink(), (link) => {
          link.send();
          link.centre(3, 0, noAdu, { destination: [9, 9, 9, 9, 9, 9] });
        }),
      ['data 0'],
    ),
    story(
      'a read is answered with its serial, or denied when nothing is there',
      () =>
        toldBy(upLink(), (link) => {
          link.centre(4, 5, readState);
          link.do({ kind: 'answer', to: { serial: 5, destination: centre }, adu: Uint8Array.of(21, 0) });
          link.do({ kind: 'answer', to: { serial: 6, destination: centre }, adu: null });
        }),
      ['read 81', 'answer 5', 'deny 6'],
    ),
    story(
      'a read in command 1, and data that is no sign of life: denied',
      () =>
        toldBy(upLink(), (link) => {
          link.centre(1, 5, readState);
          link.centre(2, 6, readState);
        }),
      ['deny 5', 'deny 6'],
    ),
    story(
      'a unit whose count is a lie',
      () => toldBy(upLink(), (link) => link.centre(4, 5, Uint8Array.of(62, 200, 1))),
      ['deny 5'],
    ),
    story(
      'an answer that nobody asked for',
      () => toldBy(upLink(), (link) => link.centre(5, 5, Uint8Array.of(21, 0))),
      [],
    ),
    story(
      'before the handshake nothing is taken',
      () =>
        toldBy(new HandLink('login'), (link) => {
          link.connect(loginUnit);
          link.centre(1, 5, dutyCheck);
        }),
      ['data 0', 'deny 5'],
    ),
    story('a flood: twenty answers at once, ten a second, the rest dropped and counted; a fire goes meanwhile', () => {
      const link = upLink();
      for (let n = 0; n < 1_000; n++) link.centre(4, n, readState);
      const reads = link.all.filter(({ kind }) => kind === 'read').length;
      link.send(true);
      return [reads, link.state.counted.flood, ...inShort(link.effects)];
    }, [20, 980, 'data 0']),
  ])('$row', ({ tell, then }) => {
    expect(tell()).toEqual(then);
  });
});

describe('fire first (GB 26875.1-2011 4.1.2.3)', () => {
  it('waits for no other exchange, and goes again before all others', () => {
    const link = upLink();
    link.send();
    expect(link.mayBegin()).toBe(false);
    expect(link.mayBegin(true)).toBe(true);
    link.send(true);
    link.all = [];
    link.wait(10_000);
    expect(link.sent).toEqual([
      [2, 1],
      [2, 0],
    ]);
  });

  it('several exchanges are under way where the platform allows it, and no more', () => {
    const link = upLink('standard', { outstandingMax: 3 });
    for (let n = 0; n < 3; n++) link.send();
    expect(link.mayBegin()).toBe(false);
    link.centre(3, 1);
    expect(inShort(link.effects)).toEqual(['confirmed 2']);
    expect(link.mayBegin()).toBe(true);
  });
});

const loginUnit = encodeAdu({ type: 26, objects: [{ text: 'USER=a;PWD=b' }] }, { timeCoding: 'binary' });

function spoilt(bytes: Uint8Array, at: number): Uint8Array {
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 0x55;
  return bytes;
}

function withCommand(bytes: Uint8Array, command: number): Uint8Array {
  const sum = bytes.length - 3;
  bytes[sum] = (bytes[sum] ?? 0) - (bytes[26] ?? 0) + command;
  bytes[26] = command;
  return bytes;
}

function hex(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

describe('a short reply of 赋安 names nothing', () => {
  const reply = (link: HandLink) => void link.do({ kind: 'short', short: 'reply' });

  it.each([
    story(
      'to a sign of life it confirms no fire that is sent meanwhile',
      () =>
        toldBy(upLink('fuan'), (link) => {
          link.wait(10_000);
          link.send(true);
          reply(link);
          link.wait(10_000);
        }),
      ['short alive', 'data 0', 'data 0'],
    ),
    story(
      'while a report or a fire is unconfirmed there is no sign of life whose reply could be taken for its own',
      () =>
        toldBy(upLink('fuan'), (link) => {
          link.wait(9_000);
          link.send(true);
          link.wait(9_999);
          reply(link);
          link.wait(10_000);
        }),
      ['data 0', 'confirmed 1', 'short alive'],
    ),
    story(
      'to what was sent twice comes twice, and the second confirms nothing else',
      () =>
        toldBy(upLink('fuan', { timeoutMs: 2_000 }), (link) => {
          link.send();
          link.wait(2_000);
          reply(link);
          link.send(true);
          reply(link);
        }),
      ['data 0', 'data 0', 'confirmed 1', 'data 1'],
    ),
    story(
      'to what was given up may come late, and confirms nothing that was sent behind it',
      () =>
        toldBy(upLink('fuan', { timeoutMs: 2_000, resends: 1 }), (link) => {
          link.send();
          link.wait(1_000);
          // It is there, and says other things.
          link.do({ kind: 'short', short: 'alive' });
          link.wait(3_000);
          link.send(true);
          reply(link);
          reply(link);
        }),
      ['data 0', 'short reply', 'data 0', 'failed 1 silent', 'data 1'],
    ),
    story(
      'is not owed to a try that was denied',
      () =>
        toldBy(upLink('fuan', { timeoutMs: 2_000, resends: 1 }), (link) => {
          link.send();
          link.centre(6, 0);
          link.wait(500);
          link.centre(6, 0);
          link.send(true);
          reply(link);
        }),
      ['data 0', 'data 0', 'failed 1 denied', 'data 1', 'confirmed 2'],
    ),
    story(
      'to a report that a centre passes over in silence is waited for once, not for ever',
      () =>
        toldBy(upLink('fuan', { timeoutMs: 2_000, resends: 0 }), (link) => {
          link.send();
          link.do({ kind: 'short', short: 'alive' });
          link.wait(2_000);
          link.send();
          reply(link);
          link.wait(2_000);
          link.send();
          reply(link);
        }),
      ['data 0', 'short reply', 'failed 1 silent', 'data 1', 'failed 2 silent', 'data 2', 'confirmed 3'],
    ),
    story(
      'that never comes costs one exchange its first try, and not every one behind it',
      () =>
        toldBy(upLink('fuan', { timeoutMs: 2_000 }), (link) => {
          link.send();
          link.wait(2_000);
          reply(link);
          link.send();
          reply(link);
          link.wait(2_000);
          reply(link);
          link.send();
          reply(link);
        }),
      ['data 0', 'data 0', 'confirmed 1', 'data 1', 'data 1', 'confirmed 2', 'data 2', 'confirmed 3'],
    ),
  ])('$row', ({ tell, then }) => {
    expect(tell()).toEqual(then);
  });
});
