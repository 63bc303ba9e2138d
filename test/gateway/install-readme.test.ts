/** The installers' handbook and its page about platforms: their commands exist, pictures are there, and both languages say the same. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeProgram } from '../../gateway/cli/cli.js';
import { type CommandNode, treeOf } from '../../gateway/cli/command-tree.js';

const folder = 'systemd/install';
const tree = treeOf(makeProgram('1.0.0'));
const pictureMaxBytes = 150_000;
const pages = [
  ['README.md', 'README.en.md'],
  ['district.md', 'district.en.md'],
].map((names) => names.map((name) => readFileSync(`${folder}/${name}`, 'utf8')));
const texts = pages.flat();

/** What stands in blocks of `sh`, line by line. */
function typedIn(text: string): string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
}

function ofGengfu(text: string): string[] {
  const inline = [...text.matchAll(/`((?:sudo )?gengfu [^`]+)`/g)].map(([, line = '']) => line);
  return [...typedIn(text), ...inline].filter((line) => /^(sudo )?gengfu /.test(line));
}

/** Null = as commander would take it. */
function problemOf(line: string): string | null {
  const words = line
    .replace(/^sudo /, '')
    .replace(/ > .*$/, '')
    .split(' ')
    .slice(1);
  let node: CommandNode = tree;
  while (node.children.length > 0) {
    const next = node.children.find(({ path }) => path.at(-1) === words[0]);
    if (next === undefined) return `${line}: no verb ${words[0]}`;
    words.shift();
    node = next;
  }
  const given: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-')) {
      given.push(word);
      continue;
    }
    const option = node.options.find(({ names }) => names.includes(word));
    if (option === undefined) return `${line}: no option ${word}`;
    if (option.value === null) continue;
    i++;
    const value = words[i];
    if (value === undefined) return `${line}: nothing behind ${word}`;
    if (option.choices.length > 0 && !option.choices.includes(value)) return `${line}: ${value} behind ${word}`;
    // One option that takes several.
    while (option.value.endsWith('...') && words[i + 1]?.startsWith('-') === false) i++;
  }
  const wanted = node.arguments[given.length - 1];
  if (given.length > node.arguments.length && !node.arguments.some(({ name }) => name === 'what' || name === 'command'))
    return `${line}: ${given.at(-1)} is too much`;
  const choices = wanted?.choices ?? [];
  return choices.length > 0 && !choices.includes(given.at(-1) ?? '') ? `${line}: ${given.at(-1)}` : null;
}

test('every gengfu command of the handbook exists, with its options', () => {
  const all = texts.flatMap(ofGengfu);
  expect(all.length).toBeGreaterThan(80);
  expect(all.map(problemOf).filter((problem) => problem !== null)).toEqual([]);
});

test('both languages have the same headings, tables and commands, in the same order', () => {
  expect(pages.map(([zh = '']) => [...zh.matchAll(/^\| [^|]+ \| [^|]+ \| [^|]+ \|$/gm)].length)).toEqual([
    expect.toSatisfy((rows: number) => rows > 25),
    expect.toSatisfy((rows: number) => rows > 20),
  ]);
  for (const [zh = '', en = ''] of pages) sayTheSame(zh, en);
});

function sayTheSame(zh: string, en: string): void {
  const shape = (text: string): string[] =>
    [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^(?:(#+ [0-9.]*)|(\|))/gm)].map(
      ([, heading, row]) => heading ?? row ?? '',
    );
  expect(shape(en)).toEqual(shape(zh));
  // What a person types in his own words.
  const plain = (text: string): string[] =>
    typedIn(text).map((line) => line.replaceAll(/--(tester|name|reason) \S+/g, '--$1 …'));
  expect(plain(en)).toEqual(plain(zh));
}

test('every picture is there and small', () => {
  const pictures = texts.flatMap((text) => [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path = '']) => path));
  expect(pictures.length).toBeGreaterThan(15);
  expect(pictures.filter((path) => !existsSync(`${folder}/${path}`))).toEqual([]);
  expect(pictures.filter((path) => statSync(`${folder}/${path}`).size > pictureMaxBytes)).toEqual([]);
});
