/** Help by groups, with examples and exit statuses; a page for each verb; the whole tree for machines. */
import { type Command, Option } from 'commander';
import { describeNode, treeOf } from './command-tree.js';
import { exitStatuses, verbExamples, verbGroups } from './verb-groups.js';

const exitInvalid = 2;
const statusTopic = 'exit-codes';

/** Called when all verbs are there. */
export function addHelp(program: Command): void {
  // Commander's own says it in English alone.
  for (const command of [program, ...allOf(program)]) command.helpCommand(false);
  addHelpVerb(program);
  for (const { name, example, verbs } of verbGroups) {
    const heading = `${name.zh} / ${name.en}    ${example}`;
    for (const command of program.commands) if (verbs.includes(command.name())) command.helpGroup(heading);
  }
  inOrder(program.commands as Command[]);
  program.addHelpText('after', `\n${statusPage()}`);
  for (const command of allOf(program)) command.addHelpText('after', () => pageEnd(command, program));
}

function addHelpVerb(program: Command): void {
  program
    .command('help')
    .description(`某个命令的说明；${statusTopic} 是退出状态 / help on one command; ${statusTopic}: the exit statuses`)
    .argument('[command...]', '命令，如 drill begin / a command, say drill begin')
    .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
    .option('--json', '输出 JSON：全部命令和选项 / machine-readable: all commands and options')
    .action((path: readonly string[], { json }: { readonly json?: boolean }) => {
      if (path[0] === statusTopic) {
        process.stdout.write(`${json === true ? JSON.stringify(exitStatuses) : statusPage()}\n`);
        return;
      }
      const found = find(program, path);
      if (found === null) return program.error(`error: unknown command '${path.join(' ')}'`, { exitCode: exitInvalid });
      if (json === true) process.stdout.write(`${JSON.stringify(describeNode(treeOf(found)))}\n`);
      else found.outputHelp();
    });
}

/** Groups are shown in the order of the first verb of each. */
function inOrder(commands: Command[]): void {
  const order = verbGroups.flatMap(({ verbs }) => verbs);
  const placeOf = (command: Command): number => (order.indexOf(command.name()) + order.length + 1) % (order.length + 1);
  commands.sort((one, other) => placeOf(one) - placeOf(other));
}

function find(program: Command, path: readonly string[]): Command | null {
  let at: Command | null = program;
  for (const name of path) at = at?.commands.find((command) => command.name() === name) ?? null;
  return at;
}

function statusPage(): string {
  const lines = exitStatuses.map(({ status, zh, en }) => `  ${status}  ${zh} / ${en}`);
  return ['退出状态 / Exit statuses:', ...lines].join('\n');
}

function pageEnd(command: Command, program: Command): string {
  const path = pathOf(command, program);
  const examples = (verbExamples[path] ?? []).map((line) => `  ${line}`);
  const all = examples.length === 0 ? [] : ['', '例 / Examples:', ...examples];
  return [...all, '', `退出状态 / exit statuses: gengfu help ${statusTopic}`].join('\n');
}

function pathOf(command: Command, program: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null && at !== program; at = at.parent) names.unshift(at.name());
  return names.join(' ');
}

function allOf(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...allOf(each)]);
}
