/** Runs `gengfu test …` at a terminal. */
import { SystemClock } from '../../../drivers/clock.js';
import { yesOrNo } from '../../asking/yes-or-no.js';
import { ask, ownName, tellNobody } from '../ask-gateway.js';
import { hasTerminal, terminalAsker } from '../terminal-asker.js';
import type { TestKind, TestOptions } from './test-options.js';
import { runTest, type TestResult, testable } from './test-talk.js';
import { exits, leave, siteOf } from './unit-on-line.js';

export async function testIt(kind: TestKind, given: string | null, options: TestOptions): Promise<void> {
  const { lang, json } = options;
  const config = await siteOf(options);
  if (config === null) return;
  const able = testable(kind, config);
  const [only] = able;
  // All lamps that show something are tested without an id.
  const id = given ?? (able.length === 1 && kind !== 'lamp' ? (only?.id ?? null) : null);
  if (id === null && kind !== 'lamp') {
    const known = able.map((each) => each.id).join(', ');
    leave(
      options,
      exits.invalid,
      `写出试哪一个：${known || '站点文件中没有'}`,
      `say which one: ${known || 'the site file has none'}`,
    );
    return;
  }
  const asker = options.ask === false || json === true || !hasTerminal() ? null : terminalAsker();
  try {
    const result = await runTest(
      kind,
      id,
      { text: options.text ?? null, message: options.message ?? null },
      {
        ...{ config, clock: new SystemClock(), user: ownName(), ask: (request) => ask(config.dataDir, request) },
        confirm: asker === null ? null : (words) => yesOrNo(asker, words[lang], lang, 'yes'),
        tell: (words) => {
          if (json !== true) process.stderr.write(`${words[lang]}\n`);
        },
      },
    );
    print(result, options);
    process.exitCode = result.ok ? exits.done : exits.wrong;
  } catch (error) {
    process.exitCode = tellNobody(config.dataDir, error, lang);
  } finally {
    asker?.close();
  }
}

function print({ ok, words, detail }: TestResult, { lang, json }: TestOptions): void {
  process.stdout.write(`${json === true ? JSON.stringify({ ok, ...detail, words }) : words[lang]}\n`);
}
