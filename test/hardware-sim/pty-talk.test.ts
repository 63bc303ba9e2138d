import { describe, expect, it } from 'vitest';
import { parsePtyOptions } from '../../hardware-sim/pty-options.js';
import { parseCommand, tell } from '../../hardware-sim/pty-talk.js';

describe('commands of the simulated line', () => {
  it.each([
    ['set smoke-1/smoke alarm', { verb: 'set', point: 'smoke-1/smoke', state: 'alarm' }],
    ['  off   smoke-1 ', { verb: 'off', device: 'smoke-1' }],
    ['on smoke-1', { verb: 'on', device: 'smoke-1' }],
    ['delay smoke-1 250', { verb: 'delay', device: 'smoke-1', delayMs: 250 }],
    ['cut', { verb: 'cut' }],
    ['mend', { verb: 'mend' }],
    ['outputs', { verb: 'outputs' }],
    ['quit', { verb: 'quit' }],
  ])('"%s" is understood', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it.each([
    '',
    'set smoke-1/smoke',
    'set a b c',
    'off',
    'off a b',
    'delay a',
    'delay a soon',
    'delay a -1',
    'cut a',
    'burn',
  ])('"%s" is not', (line) => {
    expect(parseCommand(line)).toBeNull();
  });
});

describe('events of the simulated line', () => {
  it('are plain lines, or JSON for machines', () => {
    const event = { event: 'outputs', outputs: { 'siren-hall': true, lamp: false } } as const;
    expect(tell(event, false)).toBe('outputs siren-hall=on lamp=off');
    expect(JSON.parse(tell(event, true))).toEqual(event);
    expect(tell({ event: 'ready', path: './village0' }, false)).toBe('ready ./village0');
    expect(tell({ event: 'output', output: 'siren-hall', on: false }, false)).toBe('output siren-hall off');
  });
});

describe('options of the simulated line', () => {
  it('have defaults for a first try', () => {
    const parsed = parsePtyOptions([]);
    expect(parsed).toMatchObject({
      ok: true,
      options: { at: { kind: 'pty', path: './village0' }, lineId: null, baud: null, isJson: false },
    });
    expect(parsed.ok && parsed.options.configFile).toMatch(/config\/examples\/ancient-town\.yaml$/);
  });

  it('give single units a speed of their own', () => {
    const parsed = parsePtyOptions(['--unit-baud', '20=4800', '--unit-baud', '1=19200,2=2400']);
    const bauds = new Map([
      [20, 4800],
      [1, 19_200],
      [2, 2400],
    ]);
    expect(parsed).toMatchObject({ ok: true, options: { unitBauds: bauds } });
    const wrong = parsePtyOptions(['--unit-baud', '20:4800']);
    expect(wrong).toMatchObject({ ok: false, words: { en: expect.stringContaining('--unit-baud 20=4800') } });
  });

  it('name a TCP server instead, on this machine unless another address is given', () => {
    expect(parsePtyOptions(['--tcp', '1502'])).toMatchObject({
      options: { at: { kind: 'tcp', host: '127.0.0.1', port: 1502, framing: 'mbap' } },
    });
    expect(parsePtyOptions(['--tcp', '0', '--rtu', '--host', '0.0.0.0', '--site', 'a.yaml'])).toMatchObject({
      options: { at: { host: '0.0.0.0', port: 0, framing: 'rtu' }, configFile: 'a.yaml' },
    });
  });

  it.each<readonly [flags: readonly string[], zh: string, en: string]>([
    [['--tcp', '70000'], '端口无效：--tcp 70000，应为 0 到 65535', 'not a port: --tcp 70000; a whole number from 0'],
    [['--tcp', '1e3'], '端口无效：--tcp 1e3', 'not a port: --tcp 1e3'],
    [['--tcp', '1', '--pty', 'x'], '只能写一个', 'either --pty or --tcp'],
    [['--rtu'], '--rtu 只能和 --tcp 端口 一起用', '--rtu goes together with --tcp PORT only'],
    [['--host', '::'], '--host 只能和', '--host goes together'],
    [
      ['--baud', 'fast'],
      '波特率无效：--baud fast，应为 300 到 1000000',
      'not a baud rate: --baud fast; a whole number',
    ],
    [['--speed', '9600'], '没有选项 --speed\n用法', 'no option --speed\nusage'],
    [['--speed=9600'], '没有选项 --speed\n', 'no option --speed\n'],
    [['--line'], '选项缺少值', 'an option without its value'],
    [['east'], '多写了词', 'a word too many'],
  ])('%j is refused with what to write', (flags, zh, en) => {
    expect(parsePtyOptions(flags)).toMatchObject({
      ok: false,
      words: { zh: expect.stringContaining(zh), en: expect.stringContaining(en) },
    });
  });
});
