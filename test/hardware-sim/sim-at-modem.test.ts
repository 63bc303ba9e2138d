/** The simulated modem at its AT port, on a virtual clock. */
import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { UartWire } from '../../hardware-sim/audio/uart-wire.js';
import type { ModemKnobs } from '../../hardware-sim/modem/modem-knobs.js';
import { readSubmit } from '../../hardware-sim/modem/read-submit.js';
import { SimAtModem } from '../../hardware-sim/modem/sim-at-modem.js';
import { writeDeliver, writeReport } from '../../hardware-sim/modem/write-incoming.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

interface Vector {
  readonly proto: string;
  readonly hex: string;
  readonly cmgs_len: number | null;
  readonly meaning: string;
}
const vectors: readonly Vector[] = JSON.parse(readFileSync('test/vectors/other.json', 'utf8'));
const hello = '0011000D91683155845570F1000801064F60597D0021';

let clock: SimClock;
let modem: SimAtModem;
let said: string;
let write: (text: string) => Promise<void>;

beforeEach(() => {
  clock = new SimClock(Date.UTC(2026, 10, 30, 10, 20, 1), 'trusted', { settle: 'ticks' });
});

async function plug(knobs: Partial<ModemKnobs> = {}): Promise<void> {
  modem = new SimAtModem({ clock, knobs });
  const wire = new UartWire({ clock, baud: 115_200 });
  wire.attach(modem);
  said = '';
  const link = await wire.open({
    onBytes: (bytes) => {
      said += Buffer.from(bytes).toString('latin1');
    },
    onDown: () => undefined,
  });
  write = (text) => link.write(Buffer.from(text, 'latin1'));
}

/** What was said until then, lines parted by bars. */
async function ask(text: string, waitMs = 100): Promise<string> {
  said = '';
  await write(`${text}\r`);
  await clock.advance(waitMs);
  return said
    .split(/[\r\n]+/)
    .filter((line) => line !== '')
    .join('|');
}

async function start(...more: readonly string[]): Promise<void> {
  for (const command of ['ATE0', 'AT+CMEE=1', 'AT+CMGF=0', 'AT+CNMI=2,1,0,2', ...more])
    expect(await ask(command)).toMatch(/OK$/);
}

async function send(hex: string, tpduBytes: number, waitMs = 3_000): Promise<string> {
  expect(await ask(`AT+CMGS=${tpduBytes}`)).toMatch(/> $/);
  return ask(`${hex}\u001a`, waitMs);
}

it('reads each SUBMIT of the vectors, and writes reports as one of them is', () => {
  const submits = vectors.filter(({ proto, meaning }) => proto === 'sms-pdu' && !/decode|STATUS/.test(meaning));
  const read = submits.map(({ hex, cmgs_len: length }) =>
    readSubmit(hex, length ?? hex.length / 2 - 1 - Number.parseInt(hex.slice(0, 2), 16)),
  );
  const first = '【村消防】火警：村委会一楼走廊感烟探测器报警，请立即核实并组织人员疏散。';
  const second = '火警：村委会一楼走廊感烟探测器报警，请立即核实并组织人员疏散。';
  expect(read.map((pdu) => [pdu?.to, pdu?.wantsReport, pdu?.validityMin])).toEqual([
    ['+123456789', false, 52 * 7 * 24 * 60],
    ['+8613800138000', false, 24 * 60],
    ['+8613800138000', true, 24 * 60],
    ['+8613800138000', false, 24 * 60],
    ['+8613800138000', false, 24 * 60],
  ]);
  expect(read[0]).toMatchObject({ text: '世界您好！', serviceCentre: '+44000000000' });
  expect(read[1]?.text).toBe('火警：村委会一楼走廊');
  expect(read[3]?.part).toEqual({ reference: 0x2a, of: 2, number: 1 });
  expect(`${read[3]?.text}${read[4]?.text}`).toBe(first + second + second);
  expect(readSubmit(hello, 21)).toMatchObject({ to: '+8613554855071', text: '你好!', validityMin: 10 });
  for (const [hex, length] of [
    [hello, 20],
    [hello.slice(2), 21],
    [hello.replace('0D', '15'), 21],
    ['', 0],
  ] as const)
    expect(readSubmit(hex, length)).toBeNull();
  const report = vectors.find(({ meaning }) => meaning.includes('STATUS'));
  const stamp = (second: number) => ({ text: `11-01-11 17:59:${second}`, zoneMin: 60 });
  expect(writeReport(0xd6, '+31628870634', stamp(15), stamp(17)).hex).toBe(report?.hex);
  expect(writeDeliver('10086', '收到', stamp(15)).hex).toBe(
    '0004058101 80F6 0008 11101171955140 04 6536 5230'.replaceAll(' ', ''),
  );
});

it('answers what a program asks at the start, and echoes until it is told not to', async () => {
  await plug();
  expect(await ask('ATZ')).toBe('ATZ|OK');
  await start();
  expect(await ask('AT+CPIN?')).toBe('+CPIN: READY|OK');
  expect(await ask('AT+CSQ')).toBe('+CSQ: 20,99|OK');
  expect(await ask('AT+CREG?')).toBe('+CREG: 0,1|OK');
  expect(await ask('AT+CSCA?')).toMatch(/^\+CSCA: "\+86/);
  expect(await ask('AT+CPMS="ME","ME","ME"')).toBe('+CPMS: 0,20,0,20,0,20|OK');
  expect(await ask('AT+CCLK?')).toBe('+CCLK: "26/11/30,18:20:02+32"|OK');
  expect(await ask('AT+NOSUCH')).toBe('+CME ERROR: 4');
});

it('sends at the prompt, puts parts together, and brings the report that was asked for', async () => {
  await plug();
  await start('AT+CPMS="ME","ME","ME"');
  expect(await send(hello, 21)).toBe('+CMGS: 0|OK');
  const parts = vectors.filter(({ meaning }) => meaning.startsWith('concatenated'));
  for (const { hex, cmgs_len: length } of parts) await send(hex.replace('0051', '0071'), length ?? 0);
  expect(modem.sent.map(({ to, partsHere, parts: of, wantsReport }) => [to, partsHere, of, wantsReport])).toEqual([
    ['+8613554855071', 1, 1, false],
    ['+8613800138000', 2, 2, true],
  ]);
  expect(modem.sent[1]?.text).toMatch(/^【村消防】.*疏散。$/);
  await clock.advance(10_000);
  expect(said).toContain('+CDSI: "ME",2');
  expect(await ask('AT+CMGR=1')).toMatch(/^\+CMGR: 0,,26\|000601/);
  expect(await ask('AT+CMGD=1')).toBe('OK');
  expect(await ask('AT+CMGR=1')).toBe('+CMS ERROR: 321');
});

it('tells of a message that came, and refuses what is no PDU, without network, and as it is told', async () => {
  await plug({ cmsErrors: [512, 515], promptErrors: ['+CME ERROR: 14'] });
  await start();
  expect(modem.receive('+8613800138000', '收到')).toBe(true);
  await clock.advance(10);
  expect(said).toContain('+CMTI: "SM",1');
  expect(await ask('AT+CMGR=1')).toMatch(/65365230\|OK$/);
  expect(await ask('AT+CMGS=21')).toBe('+CME ERROR: 14');
  expect([await send(hello, 21), await send(hello, 21)]).toEqual(['+CMS ERROR: 512', '+CMS ERROR: 515']);
  expect(await send(hello, 22)).toBe('+CMS ERROR: 304');
  modem.setNetwork('searching');
  expect(await ask('AT+CMGS=21')).toBe('+CMS ERROR: 331');
  expect(modem.sent).toEqual([]);
});

it('wants its PIN, counts wrong ones, and has no SIM without one', async () => {
  await plug({ sim: 'pin' });
  await start();
  expect(await ask('AT+CPIN?')).toBe('+CPIN: SIM PIN|OK');
  expect(await ask('AT+CMGS=21')).toBe('+CMS ERROR: 311');
  expect(await ask('AT+CPIN="0000"')).toBe('+CME ERROR: 16');
  expect(modem.knobs.pinTries).toBe(2);
  expect(await ask('AT+CPIN="1234"')).toBe('OK|+CPIN: READY');
  for (const pin of ['1', '2', '3']) await ask(`AT+CPIN="000${pin}"`);
  modem.setSim('missing');
  expect(await ask('AT+CPIN?')).toBe('+CPIN: NOT INSERTED|+CME ERROR: 10');
});

it('hangs until it is reset or loses its power, and has forgotten its settings afterwards', async () => {
  await plug({ hangAt: 'result', bootMs: 1_000 });
  await start();
  expect(await send(hello, 21, 60_000)).toBe('');
  expect(modem.sent).toHaveLength(1);
  expect(await ask('AT')).toBe('');
  expect(await ask('\u001b\rAT+CFUN=1,1', 5_000)).toBe('RDY|+CPIN: READY|SMS DONE');
  expect(await ask('AT')).toBe('AT|OK');
  modem.knobs.hang = 'hard';
  expect(await ask('AT+CFUN=1,1', 10_000)).toBe('');
  modem.setPower(false);
  modem.setPower(true);
  await clock.advance(5_000);
  expect(await ask('AT+CREG?')).toBe('AT+CREG?|+CREG: 0,1|OK');
});

it('answers late, in pieces, behind garbage, and with its own words in the middle', async () => {
  await plug({ mixes: ['RING', '+CREG: 2'], mixesBeforePrompt: ['+CMTI: "SM",7'], pieceBytes: 3 });
  await start();
  expect(await ask('AT+CSQ')).toBe('+CSQ: 20,99|RING|+CREG: 2|OK');
  expect(await ask('AT+CMGS=21')).toBe('+CMTI: "SM",7|> ');
  modem.knobs.lateMs = 70_000;
  modem.knobs.garbage = Uint8Array.of(0xff, 0x00, 0x7e);
  expect(await ask(`${hello}\u001a`, 60_000)).toBe('');
  expect(modem.sent).toHaveLength(1);
  expect(await ask('AT')).toBe('');
  expect(modem.counts.overlapped).toBe(1);
  await clock.advance(20_000);
  expect(said).toMatch(/^\xff\0~\r\n\+CMGS: 0\r\nRING\r\n\+CREG: 2\r\n\r\nOK\r\n$/);
});
