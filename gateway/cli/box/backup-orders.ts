/** The verbs `gengfu backup`, `restore` and `replace`: what may stand behind them. */
import type { Command } from 'commander';
import type { AddTo, RunOptions } from '../exercise-orders.js';

export interface BackupOptions extends RunOptions {
  readonly passphraseFile?: string;
  readonly root?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly list?: boolean;
  readonly line?: readonly string[];
}

export type BackupVerb = 'backup' | 'restore' | 'replace';
export type BackItUp = (verb: BackupVerb, file: string | null, options: BackupOptions) => Promise<void>;

export function addBackupOrders(program: Command, addTo: AddTo, act: BackItUp): void {
  const withPhrase = (command: Command): Command =>
    command.option(
      '--passphrase-file <file>',
      '从文件读口令，不在终端问 / read the pass phrase of a file instead of asking',
    );
  const withPlan = (command: Command): Command =>
    withPhrase(command)
      .option('--list', '只列出里面的文件 / only list what is inside')
      .option('--dry-run', '只说会写什么 / only tell what would be written')
      .option('-y, --yes', '不再问 / do not ask')
      .option('--root <dir>', '写到挂载在这里的系统盘 / write to a system that is mounted there');
  withPhrase(
    addTo(
      program,
      'backup',
      '备份：站点文件、型号、密钥、用户、平面图，一个加密的文件 / site file, profiles, keys, users and plan in one encrypted file',
      (options: BackupOptions, [file = null]) => act('backup', file, options),
    ).argument('[file]', '写到哪里，不写为 <站点>-<日期>.gengfu / where to; left out: <site>-<date>.gengfu'),
  );
  withPlan(
    addTo(program, 'restore', '把备份写回这台主机 / put a backup back', (options: BackupOptions, [file = null]) =>
      act('restore', file, options),
    ).argument('<file>', '备份文件 / the backup'),
  );
  withPlan(
    addTo(
      program,
      'replace',
      '用备份启用备用主机：线路的串口可以不同 / bring up a spare box from a backup; its serial ports may differ',
      (options: BackupOptions, [file = null]) => act('replace', file, options),
    )
      .argument('<file>', '备份文件 / the backup')
      .option('--line <line=port...>', '线路的新串口，如 east=/dev/gengfu-2 / the new port of a line'),
  );
}
