/**
 * Completion for shells, generated from the tree of verbs. Ids of a site are found by the shell itself in the text of the site file: a
 * program that is started at every press of Tab takes a second on a small box (decision 0065). Pure.
 */
import { bothOf, type CommandNode, nodesOf, type OptionNode } from './command-tree.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export function completionScript(shell: Shell, tree: CommandNode, lang: 'zh' | 'en'): string {
  const nodes = nodesOf(tree);
  switch (shell) {
    case 'bash':
      return bashScript(nodes);
    case 'zsh':
      return zshScript(nodes);
    case 'fish':
      return fishScript(nodes, lang);
  }
}

const siteFile = '/etc/gengfu/gateway.yaml';
/** Ids as they are written in a site file. */
const idsFunction = `_gengfu_ids() { grep -oE '(^|[^A-Za-z_])id: *[A-Za-z0-9][A-Za-z0-9_.-]*' "$1" 2>/dev/null | sed 's/.*id: *//'; }`;

type Wants =
  | { readonly is: 'files' }
  | { readonly is: 'ids' }
  | { readonly is: 'words'; readonly words: readonly string[] }
  | null;

/** What stands behind an option or as an argument. */
function wantsOf(value: string | null, choices: readonly string[]): Wants {
  if (choices.length > 0) return { is: 'words', words: choices };
  const name = value?.replace(/\.\.\.$/, '') ?? '';
  if (/^(?:file|dir|folder|tty|path)$/.test(name)) return { is: 'files' };
  if (/^(?:id|zone|what|speaker|point|unit|device|line|output|subject|plan)$/.test(name)) return { is: 'ids' };
  return null;
}

function keyOf({ path }: CommandNode): string {
  return path.join(' ');
}

/** Verbs, options, and choices of arguments. */
function wordsAt({ children, options, arguments: given }: CommandNode): readonly string[] {
  const choices = given.flatMap((each) => each.choices);
  const flags = options.flatMap(({ names }) => names.filter((name) => name.startsWith('--')));
  return [...children.map(({ path }) => path.at(-1) ?? ''), ...choices, ...flags];
}

function argumentWants({ arguments: given }: CommandNode): Wants {
  for (const { name, choices } of given) {
    const wants = choices.length > 0 ? null : wantsOf(name, []);
    if (wants !== null) return wants;
  }
  return null;
}

function optionsWithValue({ options }: CommandNode): readonly (readonly [OptionNode, Exclude<Wants, null>])[] {
  return options.flatMap((option) => {
    const wants = option.value === null ? null : wantsOf(option.value, option.choices);
    return wants === null ? [] : [[option, wants] as const];
  });
}

/** Lines of `case` for what stands behind options: `verb:--option`. */
function optionCases(nodes: readonly CommandNode[], give: (wants: Exclude<Wants, null>) => string): readonly string[] {
  return nodes.flatMap((node) =>
    optionsWithValue(node).map(([{ names }, wants]) => {
      const keys = names.map((name) => `"${keyOf(node)}:${name}"`).join('|');
      return `    ${keys}) ${give(wants)}; return ;;`;
    }),
  );
}

function pathCase(nodes: readonly CommandNode[], word: string): string {
  const paths = nodes.filter(({ path }) => path.length > 0).map((node) => `"${keyOf(node)}"`);
  return `    case "\${at:+$at }${word}" in ${paths.join('|')}) at="\${at:+$at }${word}" ;; esac`;
}

function bashScript(nodes: readonly CommandNode[]): string {
  const give = (wants: Exclude<Wants, null>): string => {
    if (wants.is === 'files') return 'COMPREPLY=($(compgen -f -- "$cur"))';
    const words = wants.is === 'ids' ? '$(_gengfu_ids "$file")' : wants.words.join(' ');
    return `COMPREPLY=($(compgen -W "${words}" -- "$cur"))`;
  };
  return [
    '# gengfu completion bash > /etc/bash_completion.d/gengfu',
    idsFunction,
    '_gengfu() {',
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at="" file=${siteFile} words="" i w`,
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    w="\${COMP_WORDS[i]}"`,
    pathCase(nodes, '$w'),
    `    if [[ "$w" == -c || "$w" == --config ]]; then file="\${COMP_WORDS[i+1]}"; fi`,
    '  done',
    '  case "$at:$prev" in',
    ...optionCases(nodes, give),
    '  esac',
    '  case "$at" in',
    ...nodes.map((node) => {
      const ids = argumentWants(node)?.is === 'ids' ? '; words="$words $(_gengfu_ids "$file")"' : '';
      return `    "${keyOf(node)}") words="${wordsAt(node).join(' ')}"${ids} ;;`;
    }),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
    'complete -o default -F _gengfu gengfu',
    '',
  ].join('\n');
}

function zshScript(nodes: readonly CommandNode[]): string {
  const give = (wants: Exclude<Wants, null>): string => {
    if (wants.is === 'files') return '_files';
    return wants.is === 'ids' ? `compadd -- \${(f)"$(_gengfu_ids "$file")"}` : `compadd -- ${wants.words.join(' ')}`;
  };
  return [
    '#compdef gengfu',
    `# gengfu completion zsh > "\${fpath[1]}/_gengfu"`,
    idsFunction,
    '_gengfu() {',
    `  local at="" file=${siteFile} w`,
    '  local -i i',
    '  for ((i = 2; i < CURRENT; i++)); do',
    `    w="\${words[i]}"`,
    pathCase(nodes, '$w'),
    `    if [[ "$w" == -c || "$w" == --config ]]; then file="\${words[i+1]}"; fi`,
    '  done',
    `  case "$at:\${words[CURRENT-1]}" in`,
    ...optionCases(nodes, give),
    '  esac',
    '  case "$at" in',
    ...nodes.map((node) => {
      const wants = argumentWants(node);
      const more = wants === null ? '' : `; ${give(wants)}`;
      return `    "${keyOf(node)}") compadd -- ${wordsAt(node).join(' ')}${more} ;;`;
    }),
    '  esac',
    '}',
    'if [ "$funcstack[1]" = _gengfu ]; then _gengfu "$@"; else compdef _gengfu gengfu; fi',
    '',
  ].join('\n');
}

/** Fish shows what a verb does beside it. */
function fishScript(nodes: readonly CommandNode[], lang: 'zh' | 'en'): string {
  const said = (text: string): string => `'${bothOf(text)[lang].replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const paths = nodes.filter(({ path }) => path.length > 0).map((node) => `'${keyOf(node)}'`);
  const lines = nodes.flatMap((node) => {
    const here = `complete -c gengfu -n '__gengfu_at "${keyOf(node)}"'`;
    const wants = argumentWants(node);
    return [
      ...node.children.map((child) => `${here} -a ${child.path.at(-1)} -d ${said(child.description)}`),
      ...node.options.map((option) => `${here} ${fishOption(option)} -d ${said(option.description)}`),
      ...(wants?.is === 'ids' ? [`${here} -a '(__gengfu_ids)'`] : []),
      ...node.arguments.flatMap(({ choices }) => (choices.length === 0 ? [] : [`${here} -a '${choices.join(' ')}'`])),
      ...(wants?.is === 'files' ? [`${here} -F`] : []),
    ];
  });
  return [
    '# gengfu completion fish > ~/.config/fish/completions/gengfu.fish',
    'function __gengfu_at',
    "  set -l at ''",
    '  for w in (commandline -opc)[2..]',
    '    set -l next (string trim -- "$at $w")',
    `    if contains -- $next ${paths.join(' ')}; set at $next; end`,
    '  end',
    '  test "$at" = "$argv[1]"',
    'end',
    'function __gengfu_ids',
    `  grep -oE '(^|[^A-Za-z_])id: *[A-Za-z0-9][A-Za-z0-9_.-]*' ${siteFile} 2>/dev/null | sed 's/.*id: *//'`,
    'end',
    'complete -c gengfu -f',
    ...lines,
    '',
  ].join('\n');
}

function fishOption({ names, value, choices }: OptionNode): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
  const wants = value === null ? null : wantsOf(value, choices);
  if (wants === null) return value === null ? flags : `${flags} -x`;
  if (wants.is === 'files') return `${flags} -rF`;
  return `${flags} -xa '${wants.is === 'ids' ? '(__gengfu_ids)' : wants.words.join(' ')}'`;
}
