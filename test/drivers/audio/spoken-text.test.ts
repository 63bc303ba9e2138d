import { describe, expect, it } from 'vitest';
import { encodeGbk, gbkLength, notInGbk } from '../../../drivers/audio/gbk.js';
import { piecesOf, speakingMs, spokenText, unspeakableIn } from '../../../drivers/audio/spoken-text.js';
import { hex } from '../../hardware-sim/bytes.js';

describe('text as GBK', () => {
  // Codes as GB2312 and GBK print them.
  it.each([
    ['火警', 'BB F0 BE AF'],
    ['啊一中国', 'B0 A1 D2 BB D6 D0 B9 FA'],
    ['，。！？', 'A3 AC A1 A3 A3 A1 A3 BF'],
    ['、：；', 'A1 A2 A3 BA A3 BB'],
    ['120 m', '31 32 30 20 6D'],
    ['［１］', 'A3 DB A3 B1 A3 DD'],
    // Only in GBK: the traditional character, and the one that older sets lack.
    ['龍镕', 'FD 88 E9 46'],
    ['·—…', 'A1 A4 A1 AA A1 AD'],
  ])('%s is %s', (text, wanted) => {
    expect(hex(encodeGbk(text))).toBe(wanted);
    expect(gbkLength(text)).toBe(wanted.split(' ').length);
    expect(notInGbk(text)).toEqual([]);
  });

  it('comes back as it was, for every character that it has', () => {
    const all: string[] = [];
    for (let unit = 0x20; unit < 0x1_0000; unit++) {
      const char = String.fromCharCode(unit);
      if (notInGbk(char).length === 0) all.push(char);
    }
    expect(all.length).toBeGreaterThan(21_000);
    const text = all.join('');
    expect(new TextDecoder('gbk', { fatal: true }).decode(encodeGbk(text))).toBe(text);
  });

  it('names what it does not have, each once, and encodes none of it', () => {
    expect(notInGbk('火🔥警🔥\u0007é\u{20000}')).toEqual(['🔥', '\u0007', '\u{20000}']);
    expect(notInGbk('\ue000\ufffd\ud800')).toEqual(['\ue000', '\ufffd', '\ud800']);
    expect(() => encodeGbk('🔥')).toThrow(RangeError);
  });
});

describe('text for a voice chip', () => {
  it('has no line ends, and no brackets between which the chip looks for orders', () => {
    expect(spokenText('  火警！\r\n\n东街[v0]  12号\t ')).toBe('火警！，东街［v0］ 12号');
    expect(unspeakableIn('第一行\n第二行\t完')).toEqual([]);
    expect(unspeakableIn('着火🔥')).toEqual(['🔥']);
  });

  it('is cut behind a sentence, else behind a clause, else between words, never inside a character', () => {
    expect(piecesOf('火警！', 200)).toEqual(['火警！']);
    expect(piecesOf('', 200)).toEqual([]);
    expect(piecesOf('东街着火！请撤离，快。走西门', 20)).toEqual(['东街着火！', '请撤离，快。走西门']);
    expect(piecesOf('东街十二号着火，请撤离', 18)).toEqual(['东街十二号着火，', '请撤离']);
    expect(piecesOf('着火着火着火', 5)).toEqual(['着', '火', '着', '火', '着火']);
    expect(piecesOf('水压0.25MPa', 6)).toEqual(['水压', '0.25MP', 'a']);
  });

  it('loses nothing and is nowhere too long, whatever it is', () => {
    const marks = ['，', '。', ' ', 'a', '7', '.', '火', '警', ',', '！'];
    for (let seed = 1; seed <= 200; seed++) {
      let state = seed;
      const text = Array.from({ length: 300 }, () => {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        return marks[(state >> 8) % (seed % 2 === 0 ? 10 : 8)];
      }).join('');
      const pieces = piecesOf(text, 50);
      expect(pieces.join('')).toBe(text);
      expect(pieces.every((piece) => piece !== '' && gbkLength(piece) <= 50)).toBe(true);
    }
  });

  it('is spoken at four to five Chinese characters a second', () => {
    const perSecond = 1000 / (speakingMs('火'.repeat(100)) / 100);
    expect(perSecond).toBeGreaterThan(4);
    expect(perSecond).toBeLessThan(5);
    expect(speakingMs('119')).toBeGreaterThan(speakingMs('火警'));
  });
});
