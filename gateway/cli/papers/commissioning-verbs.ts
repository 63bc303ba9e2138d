/** The verbs `gengfu commissioning …` (验收): what may stand behind them. What they do is loaded when they are called. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { roleWords, type SignerRole } from '../../commissioning/commissioning-words.js';
import type { AddTo, RunOptions } from '../exercise-orders.js';
import { readCount } from '../read-time.js';
import type { CommissioningVerb } from './commissioning.js';

interface Options extends RunOptions {
  readonly tester?: string;
  readonly organisation?: string;
  readonly reason?: string;
  readonly heard?: boolean;
  readonly notApplicable?: boolean;
  readonly role?: SignerRole;
  readonly name?: string;
  readonly note?: string;
  readonly warrantyMonths?: number;
  readonly warrantyUntil?: string;
  readonly out?: string;
  readonly pdf?: string;
}

type Do = (verb: CommissioningVerb, options: RunOptions) => Promise<void>;

export function addCommissioning(program: Command, addTo: AddTo): void {
  const parent = program.command('commissioning').description('验收 / commissioning');
  const order: Do = async (verb, options) => (await import('./commissioning.js')).commissioning(verb, options);
  addTo(parent, 'begin', '开始验收 / begin one', ({ tester = '', organisation, ...options }: Options) =>
    order({ verb: 'begin', tester, organisation: organisation ?? null }, options),
  )
    .requiredOption('--tester <name>', '测试人员（必填） / who tests (required)')
    .option('--organisation <name>', '单位 / organisation');
  addTo(parent, 'status', '进展和未完成的项 / how far it is, and what is open', (options) =>
    order({ verb: 'status' }, options),
  );
  addTo(parent, 'next', '下一个该测的 / what to test next', (options) => order({ verb: 'next' }, options));
  addItemVerbs(parent, addTo, order);
  addTo(
    parent,
    'sign',
    '签字；未定稿时先定稿 / sign it; what is still open is frozen first',
    ({ role = 'installer', name = '', ...options }: Options) =>
      order(
        {
          ...{ verb: 'sign', role, name, organisation: options.organisation ?? null, note: options.note ?? null },
          ...{ warrantyMonths: options.warrantyMonths ?? null, warrantyUntil: options.warrantyUntil ?? null },
        },
        options,
      ),
  )
    .addOption(
      new Option('--role <role>', '身份（必填） / role (required)')
        .choices(Object.keys(roleWords))
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', '姓名（必填） / name (required)')
    .option('--organisation <name>', '单位 / organisation')
    .option(
      '--warranty-months <n>',
      '保修几个月，定稿时写入 / warranty in months, written when it is frozen',
      readCount,
    )
    .option('--warranty-until <day>', '保修至，如 2028-11-30 / or until this day', readDay)
    .option('--note <text>', '说明，定稿时写入 / a note, written when it is frozen');
  addTo(
    parent,
    'skip-rest',
    '其余未测的都不测，原因相同 / leave out all that is left, for one reason',
    ({ reason = '', ...options }: Options) => order({ verb: 'excuse', reason }, options),
  ).requiredOption('--reason <text>', '原因（必填） / why (required)');
  addTo(parent, 'reopen', '退回测试（还没有人签字时） / go back to testing (while nobody has signed)', (options) =>
    order({ verb: 'reopen' }, options),
  );
  addTo(parent, 'abandon', '放弃，或结束已签字的 / abandon it, or close a signed one', (options) =>
    order({ verb: 'abandon' }, options),
  );
  addTo(parent, 'report', '写出报告 / write the report', ({ out, pdf, ...options }: Options, [revision]) =>
    order({ verb: 'report', revision: revision ?? null, out: out ?? null, pdf: pdf ?? null }, options),
  )
    .argument('[revision]', '第几版，不写为最新 / which revision; left out: the newest')
    .option('--out <file>', 'HTML 文件 / an HTML file')
    .option('--pdf <file>', 'PDF 文件，需要本机有 chromium / a PDF file; needs chromium on this machine');
  addTo(parent, 'list', '列出各版 / list the revisions', (options) => order({ verb: 'list' }, options));
}

function addItemVerbs(parent: Command, addTo: AddTo, order: Do): void {
  const item = [
    '<item>',
    '测试项（status 里有）、监测点或设备的编号 / id of the item (see status), of its point or of its device',
  ] as const;
  addTo(parent, 'press', '现在触发：开始计时 / "I press now": time the detection', (options, [what = '']) =>
    order({ verb: 'press', item: what }, options),
  ).argument(...item);
  addTo(
    parent,
    'measure',
    '重新测一条线路，或向平台发测试报文 / measure a line anew, or send a centre a test report',
    (options, [what = '']) => order({ verb: 'probe', item: what }, options),
  ).argument(...item);
  addTo(parent, 'pass', '通过 / it passed', ({ heard, reason, ...options }: Options, [what = '']) =>
    order({ verb: 'judge', item: what, to: 'passed', reason: reason ?? null, isHeard: heard ?? null }, options),
  )
    .argument(...item)
    .option('--heard', '有人听到或看到（警铃、喇叭） / a person has heard or seen it')
    .option('--reason <text>', '说明 / a note');
  addTo(parent, 'fail', '不通过 / it failed', ({ reason = '', ...options }: Options, [what = '']) =>
    order({ verb: 'judge', item: what, to: 'failed', reason, isHeard: null }, options),
  )
    .argument(...item)
    .requiredOption('--reason <text>', '原因（必填） / why (required)');
  addTo(
    parent,
    'skip',
    '不测，写明原因 / leave it out, and say why',
    ({ reason = '', notApplicable = false, ...options }: Options, [what = '']) =>
      order(
        { verb: 'judge', item: what, to: notApplicable ? 'not-applicable' : 'open', reason, isHeard: null },
        options,
      ),
  )
    .argument(...item)
    .requiredOption('--reason <text>', '原因（必填） / why (required)')
    .option('--not-applicable', '这里没有这一项 / there is no such thing here');
}

function readDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('2028-11-30');
  return text;
}
