/** Every word that the page shows is in both languages, and is used; no text hides in a screen. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orderWords } from '../../gateway/command/refusal-words.js';
import { verdictWords } from '../../gateway/duty/duty-words.js';
import { doneWords } from '../../gateway/panel/host/answer-words.js';
import { tables, wordOf } from '../../gateway/panel/page/src/words/words.js';

const folder = 'gateway/panel/page/src';
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
const placeholders = (word: string): readonly string[] => (word.match(/\{\w+\}/g) ?? []).sort();

describe('the words of the page', () => {
  it('are complete in both languages, with the same values in them', () => {
    expect(Object.keys(tables.en).sort()).toEqual(Object.keys(tables['zh-CN']).sort());
    for (const [key, zh] of Object.entries(tables['zh-CN'])) {
      const en = tables.en[key as keyof typeof tables.en];
      expect(zh.trim() === '' || en.trim() === '', `${key} is empty`).toBe(false);
      expect(placeholders(en), key).toEqual(placeholders(zh));
    }
  });

  it('call what is put aside as the gateway answers it: 搁置 for a while, 屏蔽 for repair (GB 4717)', () => {
    const zh = tables['zh-CN'];
    for (const [is, pair] of [
      ['shelved', ['service.is.shelved', 'service.shelve']],
      ['out-of-service', ['service.is.out-of-service', 'service.outOfService']],
    ] as const) {
      const word = orderWords[is]?.zh ?? '';
      expect(doneWords(is, 1, 0, []).zh).toContain(word);
      for (const key of pair) expect(zh[key]).toContain(word);
    }
    expect(Object.entries(zh).filter(([, text]) => text.includes('停用'))).toEqual([]);
  });

  it('are Chinese in the Chinese table, and not in the English one', () => {
    const names = ['language.en', 'app.name', 'language.zh', 'first.count'];
    const wrong = Object.keys(tables.en).filter((key) => {
      const [zh, en] = [tables['zh-CN'], tables.en].map((table) => table[key as keyof typeof table]);
      return !names.includes(key) && (!/\p{Script=Han}/u.test(zh ?? '') || /\p{Script=Han}/u.test(en ?? ''));
    });
    // A word that is a pattern only, `{a} · {b}`, belongs to both.
    expect(wrong.filter((key) => /\p{L}/u.test(wordOf('en', key as keyof typeof tables.en)))).toEqual([]);
  });

  it('call what it was as the gateway does', () => {
    for (const [verdict, { zh, en }] of Object.entries(verdictWords)) {
      const key = `verdict.${verdict as keyof typeof verdictWords}` as const;
      expect([tables['zh-CN'][key], tables.en[key].toLowerCase()]).toEqual([zh, en]);
    }
  });

  it('are all used', () => {
    const code = sources.filter(({ path }) => !path.startsWith('words/')).map(({ text }) => text);
    const all = [...code, readFileSync(join(folder, 'words/use-words.ts'), 'utf8')].join('\n');
    const whole = new Set([...all.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/g)].map(([, key]) => key));
    const begins = [...all.matchAll(/`([a-z]\w*(?:\.[\w-]+)*\.?)\$\{/g)].map(([, begin]) => begin ?? '');
    const unused = Object.keys(tables.en).filter(
      (key) => !whole.has(key) && !begins.some((begin) => begin.includes('.') && key.startsWith(begin)),
    );
    expect(unused).toEqual([]);
  });

  it('are the only text of the screens', () => {
    const found = sources
      .filter(({ path }) => path.endsWith('.tsx'))
      .flatMap(({ path, text }) => textIn(text).map((each) => `${path}: ${each}`));
    expect(sources.filter(({ path }) => path.endsWith('.tsx')).length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it('would be missed by this test if a screen had text of its own', () => {
    expect(textIn('return <p>Fire in {place}</p>;')).toEqual(['Fire in']);
    expect(textIn('<p>\n  {t("x")} and more\n</p>')).toEqual(['and more']);
    expect(textIn('<p>火</p>')).toContain('火');
    expect(textIn('<img alt="a house" />')).toEqual(['a house']);
    expect(
      textIn("const a: Map<string, number> = b; if (a > b && c < d) { x(); } const f = () => <p>{'·'}</p>;"),
    ).toEqual([]);
  });
});

/** Text between tags, in attributes that are read, and any Chinese outside of comments. */
function textIn(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const patterns = [
    /(?<![=\s(])>([^<>{}=;()&|]*\p{L}[^<>{}=;()&|]*)(?:<\/?[a-zA-Z]|\{)/gu,
    /\}([^<>{}=;()&|]*\p{L}[^<>{}=;()&|:]*)<\/[a-zA-Z]/gu,
    /(?:aria-label|title|alt|placeholder)="([^"]*\p{L}[^"]*)"/gu,
    /(\p{Script=Han}+)/gu,
  ];
  const found = patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, text]) => (text ?? '').trim()));
  return [...new Set(found)];
}
