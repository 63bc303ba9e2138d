/** The verbs as data, read off commander's own tree: for completion, for machines, and for the test that walks it. Pure. */
import type { Command } from 'commander';

export interface CommandNode {
  /** As it is typed behind `gengfu`; empty for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly OptionNode[];
  readonly arguments: readonly ArgumentNode[];
  readonly children: readonly CommandNode[];
}

export interface OptionNode {
  /** `--lang`, `-c`. */
  readonly names: readonly string[];
  readonly description: string;
  /** What stands behind it, as the help writes it (`file`, `id...`); null: nothing. */
  readonly value: string | null;
  readonly choices: readonly string[];
}

export interface ArgumentNode {
  readonly name: string;
  readonly description: string;
  readonly choices: readonly string[];
}

export function treeOf(command: Command, path: readonly string[] = []): CommandNode {
  return {
    path,
    description: command.description(),
    options: command.options.map(({ short, long, description, flags, argChoices }) => ({
      names: [short, long].filter((name) => name !== undefined),
      description,
      value: /[<[]([^>\]]+)[>\]]$/.exec(flags)?.[1] ?? null,
      choices: argChoices ?? [],
    })),
    arguments: command.registeredArguments.map((argument) => ({
      name: argument.name(),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    children: command.commands.map((child) => treeOf(child, [...path, child.name()])),
  };
}

/** A node and all below it, itself first. */
export function nodesOf(node: CommandNode): readonly CommandNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

/** For machines: both languages apart. */
export function describeNode({ path, description, options, children, arguments: given }: CommandNode): object {
  return {
    command: ['gengfu', ...path].join(' '),
    ...bothOf(description),
    arguments: given.map((each) => ({ name: each.name, ...bothOf(each.description), choices: each.choices })),
    options: options.map((each) => ({
      names: each.names,
      value: each.value,
      ...bothOf(each.description),
      choices: each.choices,
    })),
    commands: children.map(describeNode),
  };
}

/** `中文 / english`; what is the same in both languages stands in both. */
export function bothOf(text: string): { readonly zh: string; readonly en: string } {
  const at = text.indexOf(' / ');
  return at === -1 ? { zh: text, en: text } : { zh: text.slice(0, at), en: text.slice(at + 3) };
}
