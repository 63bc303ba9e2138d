import { describe, expect, test } from 'vitest';
import { wallOf } from '../../../drivers/modem/civil-time.js';
import { networkTime } from '../../../drivers/modem/modem-facts.js';
import { readPdu, relativeValidityOf, submitPdus, textParts } from '../../../drivers/modem/pdu.js';
import { seeded } from '../../sync/rig.js';

const plain = { reference: 0x2a, wantsReport: false, validityMin: 24 * 60 };
const fire = '火警：村委会一楼走廊';
const long = `【村消防】${'火警：村委会一楼走廊感烟探测器报警，请立即核实并组织人员疏散。'.repeat(3)}`;

describe('a message that is sent', () => {
  // Published PDUs (python-gsmmodem's test_pdu.py, bytes only; a Chinese article on UCS-2), and our own count by TS 23.040.
  test.each([
    [
      '+123456789',
      '世界您好！',
      { validityMin: 52 * 7 * 24 * 60, centre: '+44000000000' },
      23,
      '07914400000000F01100099121436587F90008F40A4E16754C60A8597DFF01',
    ],
    [
      '+34616585119',
      'あ叶葉',
      { validityMin: null, centre: '+34646456456' },
      19,
      '07914346466554F601000B914316565811F9000806304253F68449',
    ],
    ['+8613800138000', fire, {}, 35, '0011000D91683108108300F00008A714706B8B66FF1A675159D44F1A4E00697C8D705ECA'],
    [
      '+8613800138000',
      fire,
      { wantsReport: true },
      35,
      '0031000D91683108108300F00008A714706B8B66FF1A675159D44F1A4E00697C8D705ECA',
    ],
    ['+8613554855071', '你好!', { validityMin: 10 }, 21, '0011000D91683155845570F1000801064F60597D0021'],
  ] as const)('to %s, "%s" is the published PDU', (number, text, over, length, hex) => {
    const [pdu, ...more] = submitPdus({ ...plain, number, text, ...over });
    expect(more).toEqual([]);
    expect(pdu?.length).toBe(length);
    expect(pdu?.hex).toBe(hex);
  });

  test('a long one goes in parts that carry one reference', () => {
    const text = '【村消防】火警：村委会一楼走廊感烟探测器报警，请立即核实并组织人员疏散。'.concat(
      '火警：村委会一楼走廊感烟探测器报警，请立即核实并组织人员疏散。'.repeat(2),
    );
    const pdus = submitPdus({ ...plain, number: '+8613800138000', text });
    expect(pdus.map(({ length }) => length)).toEqual([155, 83]);
    expect(pdus[0]?.hex.startsWith('0051000D91683108108300F00008A78C0500032A0201301067516D88')).toBe(true);
    expect(pdus[1]?.hex).toBe(
      '0051000D91683108108300F00008A7440500032A0202706B8B66FF1A675159D44F1A4E00697C8D705ECA611F70DF63A26D4B566862A58B66FF0C8BF77ACB537368385B9E5E767EC47EC74EBA5458758F65633002',
    );
  });

  test('parts are never cut through a character, and put together they are the text', () => {
    const random = seeded(9);
    for (let n = 0; n < 50; n++) {
      const length = 60 + Math.floor(random() * 340);
      const whole = Array.from({ length }, () => ['火', 'a', '🔥', '。'][Math.floor(random() * 4)] ?? '').join('');
      const parts = textParts(whole);
      expect(parts.join('')).toBe(whole);
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(parts.length === 1 ? 70 : 67);
        // No half of a surrogate pair.
        expect(part).toBe(Buffer.from(part).toString());
      }
    }
  });

  test.each([
    [10, 1],
    [30, 5],
    [60, 11],
    [16 * 60, 151],
    [24 * 60, 167],
    [3 * 24 * 60, 169],
    [5 * 7 * 24 * 60, 197],
  ])('%i min are %i', (minutes, octet) => expect(relativeValidityOf(minutes)).toBe(octet));

  test('a longer text than ten messages is refused; plain English takes seven bits', () => {
    expect(() => submitPdus({ ...plain, number: '112', text: long.repeat(7) })).toThrow(RangeError);
    expect(submitPdus({ ...plain, number: '10086', text: 'hello' })[0]?.hex).toBe('00110005810180F60000A705E8329BFD06');
  });
});

describe('a message that came', () => {
  test('a status report names the part', () => {
    expect(readPdu('0006D60B911326880736F4111011719551401110117195714000')).toEqual({
      ...{ kind: 'status-report', reference: 0xd6, to: '+31628870634', outcome: 'delivered', status: 0 },
    });
  });

  test('text, sender, time and part are read', () => {
    expect(readPdu('00040D91683108108300F0000862113041000023046536 5230'.replace(' ', ''))).toEqual({
      ...{ kind: 'deliver', from: '+8613800138000', text: '收到', part: null },
      sentWall: Date.UTC(2026, 10, 3, 6, 0, 0),
    });
    const part = readPdu('00440D91683108108300F00008621130410000230A0500032A02026536 5230'.replace(' ', ''));
    expect(part).toMatchObject({ text: '收到', part: { reference: 0x2a, total: 2, index: 2 } });
    expect(readPdu('000405810180F600006211304100002305E8329BFD06')).toMatchObject({ from: '10086', text: 'hello' });
  });

  test('hostile bytes are a message or nothing, and never an error', () => {
    const random = seeded(9);
    for (let n = 0; n < 2000; n++) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256));
      // A service centre of the SIM, so that more of them are looked into.
      readPdu(`00${Buffer.from(bytes).toString('hex')}`);
    }
    for (const text of ['', '0', 'zz', '00', '0004', 'A'.repeat(700)]) expect(readPdu(text)).toBeNull();
  });
});

test('a time is the wall time, or none', () => {
  for (const wall of [0, 951_782_400_000, 1_709_164_800_000, 1_798_675_199_000]) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (
      new Date(wall).toISOString().match(/\d+/g) ?? []
    ).map(Number);
    expect(wallOf({ year, month, day, hour, minute, second })).toBe(wall);
  }
  expect(wallOf({ year: 2026, month: 2, day: 29, hour: 0, minute: 0, second: 0 })).toBeNull();
  expect(networkTime('+CCLK: "26/11/30,18:30:00+32"')).toBe(Date.UTC(2026, 10, 30, 10, 30));
  expect(networkTime('+CCLK: "80/01/06,00:00:12+00"')).toBeNull();
});
