/** The verbs `gengfu user …`: who may sign in at the panel. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { AddTo, RunOptions } from './exercise-orders.js';
import type { UserVerb } from './order-user.js';

interface SetOptions extends RunOptions {
  readonly level?: '1' | '2' | '3';
  readonly passwordFile?: string;
}

export function addUserOrders(
  program: Command,
  addTo: AddTo,
  order: (what: UserVerb, options: RunOptions) => Promise<void>,
): void {
  const user = program.command('user').description('面板用户 / users of the panel');
  addTo(user, 'list', '列出用户 / list them', (options) => order({ verb: 'list' }, options));
  addTo(
    user,
    'set',
    '新增用户，或改密码和级别；密码在终端输入，不显示 / add one, or change password and level; the password is typed unseen',
    (options: SetOptions, [name = '']) => {
      const level = options.level === '1' ? 1 : options.level === '2' ? 2 : 3;
      return order({ verb: 'set', user: name, level, passwordFile: options.passwordFile ?? null }, options);
    },
  )
    .argument('<name>', '用户名 / user name')
    .addOption(
      new Option(
        '--level <level>',
        '级别（必填）：1 查看和消音，2 值班，3 安装 / level (required): 1 view, 2 duty, 3 installer',
      )
        .choices(['1', '2', '3'])
        .makeOptionMandatory(),
    )
    .option('--password-file <file>', '从文件读密码，不在终端问 / read the password of a file instead of asking');
  addTo(user, 'remove', '删除用户 / remove one', (options, [name = '']) =>
    order({ verb: 'remove', user: name }, options),
  ).argument('<name>', '用户名 / user name');
}
