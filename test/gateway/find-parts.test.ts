/** The parts of `gengfu find`: what may leave, what is overheard, which speeds, which models, servers on the network. */
import { describe, expect, it } from 'vitest';
import type { ProbeYaml } from '../../config/identify-schema.js';
import { isModbus } from '../../config/profile-kind.js';
import { parseProfile } from '../../config/profile-library.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { ByteLink } from '../../drivers/driver.js';
import { overheard } from '../../drivers/modbus/overheard.js';
import { readOnly } from '../../drivers/modbus/read-only-link.js';
import { encodeRequest } from '../../drivers/modbus/request-frame.js';
import { readAddresses, readFormats, readServer } from '../../gateway/cli/wire/find-options.js';
import { describeSurvey } from '../../gateway/cli/wire/find-table.js';
import { fitOf } from '../../gateway/survey/probe-fit.js';
import { type Looked, recognise } from '../../gateway/survey/recognise.js';
import { exitOf, search } from '../../gateway/survey/search.js';
import { formatText, likelyFormats, makePlan } from '../../gateway/survey/search-plan.js';
import type { Survey, SurveyLine } from '../../gateway/survey/survey.js';
import { makeModel } from '../../hardware-sim/modbus/models.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { makeLine } from '../../hardware-sim/sim-line.js';
import { profiles } from '../config/rig.js';
import { tcpConfig } from '../drivers/rig.js';
import { bytes } from '../hardware-sim/bytes.js';

const library = [...profiles.profiles.values()];
const at9600 = { baud: 9600, parity: 'none', stopBits: 1 } as const;

describe('what leaves a search', () => {
  const sent: Uint8Array[] = [];
  const link: ByteLink = {
    isOpen: true,
    write: async (each) => {
      sent.push(each);
    },
    close: async () => undefined,
  };
  const read = encodeRequest(1, { kind: 'read', table: 'holding', address: 0, count: 1 });
  const mbap = (fc: number): Uint8Array => bytes(`00 01 00 00 00 06 01 0${fc} 00 00 00 01`);

  it('is one whole read, and anything else throws before a byte is out', async () => {
    await readOnly(link, 'rtu').write(read);
    await readOnly(link, 'mbap').write(mbap(3));
    expect(sent).toEqual([read, mbap(3)]);
    const writes = [
      encodeRequest(1, { kind: 'write', table: 'holding', address: 0, value: 1 }),
      encodeRequest(1, { kind: 'write', table: 'coil', address: 0, value: 1 }),
      encodeRequest(1, { kind: 'write', table: 'holding', address: 0, value: 1, asMany: true }),
      bytes('01 42 80 11'),
      Uint8Array.of(...read, ...read),
      mbap(3),
    ];
    for (const write of writes) expect(() => readOnly(link, 'rtu').write(write)).toThrow('only read');
    expect(() => readOnly(link, 'mbap').write(mbap(6))).toThrow('only read');
    expect(sent).toHaveLength(2);
  });
});

it.each([
  ['a late answer', '05 03 02 00 07 08 46', [5]],
  ['a refusal between noise', 'FF 00 09 83 02 41 33 55', [9]],
  ['two of one address', '05 03 02 00 07 08 46 05 03 02 00 07 08 46', [5, 5]],
  ['a request, a broken sum, half an answer', '01 03 00 00 00 01 84 0A 05 03 02 00 07 08 47 05 03 02', []],
])('%s is overheard', (_what, text, addresses) => {
  expect(overheard(bytes(text))).toEqual(addresses);
});

it('the speeds are those of the profiles, likeliest first, then what installers choose', () => {
  const told = likelyFormats(library).map(formatText);
  expect(told.slice(0, 4)).toEqual(['9600 8N1', '4800 8N1', '2400 8N1', '19200 8N1']);
  expect(told).toEqual(expect.arrayContaining(['115200 8N1', '9600 8E1', '19200 8E1', '9600 8O1', '9600 8N2']));
  expect(new Set(told).size).toBe(told.length);
});

describe('what people write', () => {
  it('is read', () => {
    expect(readAddresses('3-5,1,4')).toEqual([3, 4, 5, 1]);
    expect(readFormats('9600,19200-8E1, 4800 8n2').map(formatText)).toEqual(['9600 8N1', '19200 8E1', '4800 8N2']);
    expect(readServer('[fe80::1]:502')).toEqual({ host: 'fe80::1', port: 502 });
  });

  it.each([
    ['0-3', readAddresses],
    ['5-3', readAddresses],
    ['248', readAddresses],
    ['9600-7E1', readFormats],
    ['10', readFormats],
    ['host', readServer],
    ['host:99999', readServer],
  ] as const)('%s is refused', (text, read) => {
    expect(() => read(text)).toThrow();
  });
});

describe('a model', () => {
  const text = (id: string, identify: string): string => `schema: 1
id: ${id}
revision: 1
names: {zh: 表, en: meter}
category: other
safety: monitoring
status: draft
link: {kind: modbus, transports: [rtu]}
serial: {baud: 9600, data_bits: 8, parity: none, stop_bits: 1}
identify: ${identify}
timing: {response_timeout_ms: 100, inter_request_ms: 20, min_scan_ms: 100}
limits: {fc: [3, 6], max_read: 8, forbidden: [{table: holding, from: 80, to: 90}]}
points:
  - {key: level, names: {zh: 值, en: value}, role: measurement, table: holding, addr: 1, type: u16, valid_range: [0, 9]}
  - key: mode
    names: {zh: 模式, en: mode}
    role: setting
    table: holding
    addr: 7
    type: u16
    states: [{raw: 2, key: two, names: {zh: 二, en: two}, severity: normal}]
`;
  const parsed = (id: string, identify: string) => parseProfile(`${id}.yaml`, text(id, identify));
  const own = (id: string, identify: string): ModbusProfile => {
    const { profile, problems } = parsed(id, identify);
    if (profile?.link.kind !== 'modbus') throw new Error(JSON.stringify(problems));
    return profile as ModbusProfile;
  };
  const tells = '{strength: strong, probes: [{table: holding, addr: 3, expect: {own: address}}]}';
  const look = (values: Readonly<Record<number, number>>) => {
    const asked: number[] = [];
    const answer = async ({ address, count }: { address: number; count: number }): Promise<Looked> => {
      asked.push(address);
      const found = Array.from({ length: count }, (_, i) => values[address + i]);
      return found.includes(undefined) ? { kind: 'refused', code: 2 } : { kind: 'values', values: found.map(Number) };
    };
    return { asked, answer };
  };
  const unit = { address: 17, format: at9600 };
  const told = async (list: readonly ModbusProfile[], values: Readonly<Record<number, number>>) => {
    const seen = look(values);
    const found = await recognise(unit, list, seen.answer, () => false);
    return { asked: seen.asked, found: found.map(({ profile, strength }) => `${profile} ${strength}`) };
  };

  it('that says a plain word is suggested by its first point with states, whichever word', async () => {
    const list = [own('plain-a', 'weak'), own('plain-b', 'strong'), own('plain-c', 'none')];
    expect(await told(list, { 7: 2 })).toEqual({ asked: [7], found: ['plain-a weak', 'plain-b weak'] });
    expect((await told(list, { 7: 3 })).found).toEqual([]);
  });

  it('is sure alone, and a suggestion beside another that is sure', async () => {
    const list = [own('plain-a', 'weak'), own('sure-a', tells)];
    expect((await told(list, { 3: 17, 7: 2 })).found).toEqual(['sure-a strong', 'plain-a weak']);
    expect((await told([...list, own('sure-b', tells)], { 3: 17 })).found).toEqual(['sure-a weak', 'sure-b weak']);
    expect((await told(list, { 3: 16 })).found).toEqual([]);
  });

  it('stays one when an optional register is missing, and not when it holds something else', async () => {
    const list = [
      own(
        'with-text',
        '{strength: weak, probes: [{table: holding, addr: 1, expect: {mask: 15, equals: [4]}}, {table: holding, addr: 20, count: 2, optional: true, expect: {text: "AB1"}}]}',
      ),
    ];
    expect((await told(list, { 1: 0x34 })).found).toEqual(['with-text weak']);
    expect((await told(list, { 1: 0x34, 20: 0x4142, 21: 0x3100 })).found).toEqual(['with-text weak']);
    expect((await told(list, { 1: 0x34, 20: 0x4142, 21: 0x3200 })).found).toEqual([]);
  });

  it.each([
    [
      'a function that it does not have',
      '{strength: weak, probes: [{table: input, addr: 0, expect: {range: [0, 1]}}]}',
      'identify.probes[0].table',
    ],
    [
      'more than it gives',
      '{strength: weak, probes: [{table: holding, addr: 0, count: 9, expect: {range: [0, 1]}}]}',
      'identify.probes[0].count',
    ],
    [
      'what is forbidden',
      '{strength: weak, probes: [{table: holding, addr: 78, count: 4, expect: {range: [0, 1]}}]}',
      'identify.probes[0].addr',
    ],
    [
      'half a float',
      '{strength: weak, probes: [{table: holding, addr: 0, count: 3, expect: {f32: [0, 1]}}]}',
      'identify.probes[0].count',
    ],
    [
      'to be sure by chance',
      '{strength: strong, probes: [{table: holding, addr: 0, expect: {range: [0, 1]}}]}',
      'identify.strength',
    ],
    [
      'a range upside down',
      '{strength: weak, probes: [{table: holding, addr: 0, expect: {range: [2, 1]}}]}',
      'identify.probes[0].expect.range',
    ],
  ])('that wants %s is refused at its key', (_what, identify, key) => {
    expect(parsed('wrong-one', identify).problems.map(({ where }) => where)).toEqual([key]);
  });
});

it.each([
  ['a range', { range: [5, 9] }, [5, 9], true],
  ['a value below it', { range: [5, 9] }, [4], false],
  ['a value above it', { range: [5, 9] }, [9, 10], false],
  ['one of a set', { set: [0, 1] }, [1, 0], true],
  ['none of a set', { set: [0, 1] }, [0, 2], false],
  ['a code under a mask', { mask: 0xff, equals: [7] }, [0x1207], true],
  ['another code under it', { mask: 0xff, equals: [7] }, [0x0712], false],
  ['a text', { text: 'AB' }, [0x4142, 0x4300], true],
  ['another text', { text: 'AB' }, [0x4241], false],
  ['a float', { f32: [1, 2] }, [0x3fc0, 0], true],
  ['its words the other way round', { f32: [1, 2] }, [0, 0x3fc0], false],
  ['its own address', { own: 'address' }, [17], true],
  ['the address of another', { own: 'address' }, [18], false],
] as const)('a probe that expects %s', (_what, expected, values, fits) => {
  const probe = { table: 'holding', addr: 1, expect: expected } as unknown as ProbeYaml;
  expect(fitOf(probe, values, { address: 17, baud: 9600 }) !== null).toBe(fits);
});

it('a model is none that can not have this address', async () => {
  const list = library.filter(({ id }) => id === 'generic-smoke-0010').filter(isModbus);
  const zeros = async ({ count }: { readonly count: number }): Promise<Looked> => ({
    kind: 'values',
    values: Array.from({ length: count }, () => 0),
  });
  const at = async (address: number) => recognise({ address, format: at9600 }, list, zeros, () => false);
  expect([(await at(17)).length, (await at(250)).length]).toEqual([1, 0]);
});

it('a port that another program has is not opened, and the program is named', async () => {
  const clock = new SimClock();
  const plan = makePlan({ profiles: library, transport: 'serial' });
  const at = { kind: 'serial', path: '/dev/ttyUSB0' } as const;
  const open = (): never => {
    throw new Error('nobody opens it');
  };
  const line = { at, adapter: null, plan, open, holderOf: () => ({ pid: 17, name: 'mbpoll', isGateway: false }) };
  const { lines } = await search({ clock, profiles: library, lines: [line] });
  expect(lines).toMatchObject([
    { state: 'held', units: [], troubles: [{ en: expect.stringContaining('mbpoll (process 17)') }] },
  ]);
});

describe('on the network', () => {
  const searchAt = async (transport: 'tcp' | 'rtu_over_tcp'): Promise<Survey> => {
    const clock = new SimClock();
    const format = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
    const line = makeLine(tcpConfig({ transport, format }), clock, 'whole');
    for (const address of [2, 5]) line.attach(new SimUnit({ address, model: makeModel('xy-md02', clock) }));
    const plan = makePlan({ profiles: library, transport, addresses: [1, 2, 3, 4, 5, 6] });
    const at: SurveyLine['at'] = { kind: 'tcp', host: 'pool', port: 502, transport };
    const searching = search({ clock, profiles: library, lines: [{ at, adapter: null, plan, open: () => line.open }] });
    let isDone = false;
    void searching.then(() => {
      isDone = true;
    });
    await clock.until(() => isDone, 300_000, 500);
    return searching;
  };

  it.each(['tcp', 'rtu_over_tcp'] as const)(
    'units behind a server are found, without a speed: %s',
    async (transport) => {
      const [line] = (await searchAt(transport)).lines;
      const told = line?.units.map(({ address, format, candidates }) => [address, format, candidates[0]?.profile]);
      expect(told).toEqual([
        [2, null, 'xy-md02'],
        [5, null, 'xy-md02'],
      ]);
      expect(line?.troubles).toEqual([]);
    },
  );
});

describe('what find ends with', () => {
  const at = { kind: 'serial', path: '/dev/a' } as const;
  const words = { zh: '占用', en: 'held' };
  const held: SurveyLine = { at, state: 'held', adapter: null, troubles: [words], units: [] };
  const failed: SurveyLine = { ...held, state: 'failed' };
  const silent: SurveyLine = { at, adapter: 'CH340', troubles: [], units: [] };
  const unit = { address: 7, format: at9600, candidates: [], answerMs: 12, trouble: null };
  const survey = (...lines: readonly SurveyLine[]): Survey => ({ survey: 1, lines, tookMs: 61_000, isWhole: true });

  it('says whether somebody answered, nobody, or nobody could be asked', () => {
    expect(exitOf(survey(held, { ...silent, units: [unit] }))).toBe(0);
    expect(exitOf(survey(held, silent))).toBe(5);
    expect(exitOf(survey(held, held))).toBe(3);
    expect(exitOf(survey(held, failed))).toBe(1);
  });

  it('is a table in both languages, whose columns stand under their heads', () => {
    const candidate = {
      profile: 'xy-md02',
      strength: 'weak',
      because: { zh: '保持寄存器 0x0101 = 7', en: 'holding 0x0101 = 7' },
    } as const;
    const found = survey({ ...silent, units: [unit, { ...unit, address: 12, candidates: [candidate] }] }, held, silent);
    expect(describeSurvey(found, 'en', () => 'sensor')).toBe(`/dev/a  CH340
  address  speaks    answers in  may be                            because
  7        9600 8N1  12 ms       unknown
  12       9600 8N1  12 ms       xy-md02 sensor (to be confirmed)  holding 0x0101 = 7

/dev/a
  ! held

/dev/a  CH340
  no unit answers

2 units found in 1 min 1 s.`);
    expect(describeSurvey(found, 'zh', () => '传感器')).toContain(
      '  地址  通信格式  应答   可能是                    依据\n  7     9600 8N1  12 ms  不认识\n',
    );
  });
});
