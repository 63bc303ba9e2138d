/** What the command line says when something is wrong: in words, in both languages, about the file that is meant. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeAnswer } from '../../gateway/cli/config-words.js';
import { failureWords } from '../../gateway/cli/failure-words.js';
import { makeOrders } from '../../gateway/cli/make-order.js';
import { usageError } from '../../gateway/cli/usage-words.js';
import { UplinkError } from '../../sync/uplink.js';
import { uplinkErrorWords } from '../../sync/uplink-words.js';

describe('in words', () => {
  it.each([
    [
      'UPLINK-007',
      '/etc/gengfu/pw ENOENT',
      '密码或证书文件读不出（/etc/gengfu/pw，文件不在）',
      '(/etc/gengfu/pw, it is not there)',
    ],
    ['UPLINK-001', 'ECONNREFUSED 10.0.0.1:1883', '连不上平台（该端口没有程序应答', 'nothing answers at that port'],
    ['UPLINK-001', 'closed before an answer', 'url 要写 mqtts://', 'begins with mqtts://'],
    ['UPLINK-001', 'something new', '连不上平台', 'the centre can not be reached'],
    ['UPLINK-016', 'gengfu/v1/a/b/status', '开通权限（gengfu/v1/a/b/status）', '(gengfu/v1/a/b/status)'],
  ] as const)('%s with %s says what to do', (code, got, zh, en) => {
    const words = uplinkErrorWords(new UplinkError(code, 'uplink district', got));
    expect([words.zh, words.en]).toEqual([expect.stringContaining(zh), expect.stringContaining(en)]);
    expect(words.zh).not.toContain('something new');
  });

  it('a command line that is wrong is told in Chinese as well', () => {
    expect(usageError("error: unknown command 'foo'\n")).toBe(
      "没有命令 'foo'（帮助：--help） / error: unknown command 'foo'\n",
    );
    expect(usageError("error: required option '--url <url>' not specified")).toContain("缺少必填选项 '--url <url>'");
    expect(usageError('else')).toBe('else');
  });

  it('a file that is there already, and a content that is not as agreed, without what the system calls it', () => {
    const there = Object.assign(new Error('EEXIST: file already exists'), { code: 'EEXIST', path: 'duty.key' });
    expect(failureWords(there).zh).toBe('duty.key：文件已存在，不会覆盖；换一个文件名（EEXIST）');
    const { error } = z.object({ site: z.string() }).safeParse({});
    expect(failureWords(error).en).toBe('not as agreed: site');
  });

  it('an order that lacks an option names the option, and one that does not exist those that do', () => {
    const problems = (name: string, options = {}) => {
      const made = makeOrders(name, options, '', null);
      return made.ok ? [] : made.problems.map(({ en }) => en);
    };
    expect(problems('reset-request')).toEqual(['--up-to is missing']);
    expect(problems('dance')).toEqual([expect.stringContaining('there are: silence reset_request')]);
    expect(problems('duty-check', { text: 'x' })).toEqual([expect.stringContaining('no such option')]);
  });

  it('problems of a staged file name that file, not the installed one in whose place it was checked', () => {
    const problems = [
      { zh: '/a/site.yaml:3:1 x', en: '' },
      { zh: '/a/own.yaml:1:1 y', en: '' },
    ];
    const words = { zh: '', en: '' };
    const answer = { ok: false, reason: 'problems', words, detail: { problems, count: 2 } } as const;
    const said = describeAnswer('stage', answer, 'zh', { file: 'new.yaml', installed: '/a/site.yaml' });
    expect(said.split('\n').slice(0, 2)).toEqual(['new.yaml:3:1 x', '/a/own.yaml:1:1 y']);
  });
});
