/** Every verb of `gengfu`, walked: help in both languages, --lang and --json, a heading, and completion for shells. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it, test } from 'vitest';
import { makeProgram } from '../../gateway/cli/cli.js';
import { bothOf, nodesOf, treeOf } from '../../gateway/cli/command-tree.js';
import { completionScript, shells } from '../../gateway/cli/completion.js';
import { exitStatuses, verbGroups } from '../../gateway/cli/verb-groups.js';

const program = makeProgram('1.0.0');
const tree = treeOf(program);
/** Those that do something, and not only hold others. */
const verbs = nodesOf(tree).filter(({ path, children }) => path.length > 0 && children.length === 0);
const bilingual = (text: string): boolean => {
  const { zh, en } = bothOf(text);
  return zh !== en && /[\u4e00-\u9fff]/.test(zh) && /[a-z]{2}/i.test(en);
};

describe.each(
  nodesOf(tree)
    .filter(({ path }) => path.length > 0)
    .map((node) => [node.path.join(' '), node] as const),
)('gengfu %s', (_, node) => {
  it('says in Chinese and in English what it and all its options and arguments are', () => {
    const texts = [
      node.description,
      ...node.options.map(({ description }) => description),
      ...node.arguments.map(({ description }) => description),
    ];
    expect(texts.filter((text) => text !== '' && !bilingual(text))).toEqual([]);
    expect(node.options.filter(({ description }) => description === '')).toEqual([]);
    expect(node.description).not.toBe('');
  });

  it('takes --lang and --json, if it does anything', () => {
    if (node.children.length > 0) return;
    const names = node.options.flatMap(({ names: all }) => all);
    expect(['--lang', '--json'].filter((name) => !names.includes(name))).toEqual([]);
  });
});

test('every verb stands under one heading, and every heading has an example of one of its verbs', () => {
  const all = verbGroups.flatMap((group) => group.verbs);
  expect(new Set(all).size).toBe(all.length);
  expect(tree.children.map(({ path }) => path[0] ?? '').sort()).toEqual([...all].sort());
  for (const { example, verbs: own } of verbGroups) expect(own).toContain(example.split(' ')[1]);
  let help = '';
  program
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
    })
    .outputHelp();
  for (const { name } of verbGroups) if (name.en !== 'set up') expect(help).toContain(`${name.zh} / ${name.en}`);
  for (const { status, zh, en } of exitStatuses) expect(help).toContain(`  ${status}  ${zh} / ${en}`);
});

test.each(shells)('completion for %s knows every verb and every option', (shell) => {
  const script = completionScript(shell, tree, 'zh');
  for (const { path, options } of verbs) {
    expect(script).toContain(path.at(-1));
    for (const { names } of options)
      expect(script).toContain(names.at(-1)?.replace('--', shell === 'fish' ? '-l ' : '--'));
  }
});

test('bash completes verbs, verbs of verbs, options, choices, and ids of the site file that was named', () => {
  const script = completionScript('bash', tree, 'en');
  const complete = (line: string): readonly string[] => {
    const typed = line.split(' ');
    const words = typed.map((word) => `'${word}'`).join(' ');
    const ask = `${script}\nCOMP_WORDS=(${words}); COMP_CWORD=${typed.length - 1}; _gengfu; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).trim().split('\n');
  };
  expect(complete('gengfu dr')).toEqual(['drill']);
  expect(complete('gengfu drill ').slice(0, 2)).toEqual(['begin', 'end']);
  expect(complete('gengfu drill begin --z')).toEqual(['--zone']);
  expect(complete('gengfu journal --class f')).toEqual(['fire', 'fault']);
  expect(complete('gengfu completion z')).toEqual(['zsh']);
  expect(complete('gengfu shelve -c config/examples/smallest-site.yaml smo')).toEqual(['smoke-1']);
});
