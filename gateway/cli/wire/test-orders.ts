/** `gengfu test siren|speaker|lamp|uplink`: one thing tried out on a running gateway, by a person who stands beside it. */
import type { Command } from 'commander';
import type { AddTo } from '../exercise-orders.js';
import { type TestKind, type TestOptions, testKinds } from './test-options.js';

const descriptions: Readonly<Record<TestKind, string>> = {
  siren: '短响一个警铃，继电器回读证实 / sound one siren shortly, proven by read-back',
  speaker: '让一个喇叭说一句话 / let one loudspeaker say a sentence',
  lamp: '指示灯依次显示各种状态，或点亮一盏灯 / show each state on the lamps in turn, or light one lamp',
  uplink: '发一条测试记录：待传、已传、已存各用多久 / send a test entry: how long until it is carried and kept',
};

export function addTestOrders(program: Command, addTo: AddTo): void {
  const test = program.command('test').description('试一样东西 / try one thing out');
  for (const kind of testKinds) {
    const command = addTo(test, kind, descriptions[kind], async (options, [id]) => {
      const { testIt } = await import('./test-acts.js');
      return testIt(kind, id ?? null, options as TestOptions);
    })
      .argument('[id]', '编号；只有一个时可不写 / its id; may be left out where there is only one')
      .option('--no-ask', '不问听到没有 / nobody is asked whether it was heard');
    if (kind === 'speaker') {
      command
        .option('--text <text>', '说什么 / what it says')
        .option('--message <id>', '站点文件中的消息 / a message of the site file');
    }
  }
}
