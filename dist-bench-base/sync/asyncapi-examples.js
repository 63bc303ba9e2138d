/** One example of every message, as it travels. */
import { signEnvelope } from './signed-envelope.js';
/** The published test key of RFC 8032 §7.1 (test 1); its public half in base64 stands in the description. */
const testSeed = 'nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=';
export const testPublicKey = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const epoch = 'k7m2xq9dtw';
const boot = 'p4v8hs3nza';
const alarm = {
    specversion: '1.0',
    id: `${epoch}-${boot}-118`,
    source: `/gengfu/yangshuo/old-town/${epoch}`,
    type: 'gengfu.alarm.raised',
    time: '2026-11-30T06:12:45.120Z',
    subject: 'point:smoke-3/smoke',
    datacontenttype: 'application/json',
};
const facts = {
    uplink: 'district',
    lane: 'fire',
    kind: 'alarm.raised',
    class: 'fire',
    alarm: `${epoch}-${boot}-118`,
    zone: 'ancestral-hall',
    words: { zh: '祠堂 三号烟感 火警', en: 'fire at smoke detector 3, ancestral hall' },
    origin: null,
    boot,
    mono: 86_400_250.5,
    clock: 'trusted',
    detail: { took_ms: 412 },
};
export const exampleReport = {
    ...alarm,
    sequence: '000000004711',
    previous: '000000004702',
    data: { durable: true, position: 20_118, ...facts, codes: { site: '450321-017', device: 'YG-0003' } },
};
export const exampleReportFromMemory = { ...alarm, data: { durable: false, ...facts } };
export const exampleOnline = {
    state: 'online',
    since: '2026-11-30T06:00:00.000Z',
    clock: 'trusted',
};
export const exampleLost = { state: 'offline', reason: 'lost' };
export const exampleTelemetry = [
    {
        bn: 'yangshuo/old-town/',
        bt: 1_796_018_400.25,
        n: 'pack',
        vs: `1/district/${epoch}/902/901/902/${boot}/86400000/trusted/live`,
    },
    { n: 'box-3/residual_current', u: 'A', v: 0.042 },
    { n: 'tank/level', u: 'm', t: 12.5, v: 2.81 },
    { n: 'pump-1/running', t: 30, vs: 'stopped' },
];
export const exampleCommand = {
    version: 1,
    id: 'a1f0c2d4-77e3',
    district: 'yangshuo',
    site: 'old-town',
    issued: '2026-11-30T06:15:00Z',
    expires: '2026-11-30T06:25:00Z',
    what: { order: 'broadcast', text: '请远离祠堂，消防车正在路上。', zones: ['ancestral-hall'], repeat: 2 },
};
export const exampleReceipt = {
    version: 1,
    district: 'yangshuo',
    site: 'old-town',
    uplink: 'district',
    issued: '2026-11-30T06:12:47.000Z',
    kept: {
        fire: { epoch, sequence: 4_711, position: 20_118 },
        telemetry: { epoch, sequence: 902, position: 902 },
    },
};
export const exampleResult = {
    version: 1,
    command: 'a1f0c2d4-77e3',
    state: 'accepted',
    reason: null,
    words: null,
    at: '2026-11-30T06:15:00.412Z',
    clock: 'trusted',
    detail: {},
};
export const exampleCommandEnvelope = signEnvelope('command', 'district-duty', JSON.stringify(exampleCommand), testSeed);
export const exampleReceiptEnvelope = signEnvelope('receipt', 'district-receiver', JSON.stringify(exampleReceipt), testSeed);
