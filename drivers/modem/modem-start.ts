/** From an open port to a modem that can send: the order of commands, and what their refusal means. */
import type { SimState } from '../../config/modem-states.js';
import { type Clock, pause } from '../clock.js';
import { DriverError, type DriverErrorCode } from '../driver-error.js';
import type { AtAnswer, AtChannel, AtCommand } from './at-channel.js';
import { isSimMissing, simOf } from './modem-facts.js';
import { type PinSource, pinToTry, pinTried } from './sim-pin.js';

/** A SIM is busy for some seconds after it was switched on, or after its PIN. */
const simLooks = 10;
const simLookMs = 1_000;
const functionMs = 15_000;
const pinMs = 10_000;

export interface StartOptions {
  readonly where: string;
  readonly channel: AtChannel;
  readonly clock: Clock;
  readonly pin: PinSource;
  readonly onSim: (sim: SimState) => void;
}

/** Rejects with MODEM-001 … MODEM-005, MODEM-008 or LINK-005. Registration is not waited for. */
export async function startModem(options: StartOptions): Promise<void> {
  const { channel, where } = options;
  if (!(await channel.settle())) throw new DriverError('MODEM-001', where);
  await tolerated(options, { text: 'ATZ' });
  await tolerated(options, { text: 'ATE0' });
  await tolerated(options, { text: 'AT+CMEE=1' });
  const [power] = await lines(options, { text: 'AT+CFUN?', prefix: /^\+CFUN:/ });
  if (!/^\+CFUN: *1\b/.test(power ?? '')) await tolerated(options, { text: 'AT+CFUN=1', timeoutMs: functionMs });
  await unlockSim(options);
  const isPduMode = await tolerated(options, { text: 'AT+CMGF=0' });
  if (!isPduMode) throw new DriverError('MODEM-008', where, 'AT+CMGF=0');
  const isInModem = await tolerated(options, { text: 'AT+CPMS="ME","ME","ME"', prefix: /^\+CPMS:/ });
  if (!isInModem) await tolerated(options, { text: 'AT+CPMS="SM","SM","SM"', prefix: /^\+CPMS:/ });
  const isToldByReport = await tolerated(options, { text: 'AT+CNMI=2,1,0,2,0' });
  if (!isToldByReport) await tolerated(options, { text: 'AT+CNMI=2,1,0,1,0' });
  // The network tells the time when it likes to; not every module can say so.
  await tolerated(options, { text: 'AT+CTZU=1' });
  await tolerated(options, { text: 'AT+CTZR=1' });
}

async function unlockSim(options: StartOptions): Promise<void> {
  const { where, onSim, pin, channel } = options;
  const sim = await simState(options);
  onSim(sim);
  if (sim === 'ready') return;
  if (sim === 'missing') throw new DriverError('MODEM-002', where);
  if (sim === 'puk') throw new DriverError('MODEM-005', where);
  const found = await pinToTry(pin).catch((cause: unknown) => {
    throw new DriverError('MODEM-003', where, 'pin_file', cause);
  });
  if (found.kind !== 'try') throw new DriverError(found.kind === 'none' ? 'MODEM-003' : 'MODEM-004', where);
  const answer = await channel.ask({ text: `AT+CPIN="${found.pin}"`, timeoutMs: pinMs });
  if (answer.kind === 'refused' && !isUndecided(answer)) {
    await pinTried(pin, found.pin, false);
    throw new DriverError('MODEM-004', where);
  }
  const after = await simState(options);
  onSim(after);
  if (after !== 'ready') throw new DriverError(after === 'puk' ? 'MODEM-005' : 'MODEM-003', where);
  await pinTried(pin, found.pin, true);
}

/** CME 14: the SIM is busy; 10 and 13: it went away. Nothing is said of the PIN. */
function isUndecided({ code }: Extract<AtAnswer, { kind: 'refused' }>): boolean {
  return code === 'CME 14' || isSimMissing(code);
}

async function simState(options: StartOptions): Promise<SimState> {
  const { channel, clock, where } = options;
  for (let look = 1; look <= simLooks; look++) {
    const answer = await channel.ask({ text: 'AT+CPIN?', prefix: /^\+CPIN:/ });
    if (answer.kind === 'down') throw new DriverError('LINK-005', where);
    if (answer.kind === 'silent') throw new DriverError('MODEM-001', where);
    const sim = answer.kind === 'ok' ? simOf(answer.lines[0]) : null;
    if (sim !== null && sim !== 'missing') return sim;
    const isGone = sim === 'missing' || (answer.kind === 'refused' && answer.code === 'CME 10');
    // A SIM that is just waking up is told as missing by some.
    if (isGone && look >= simLooks / 3) return 'missing';
    await pause(clock, simLookMs);
  }
  return 'missing';
}

/** Whether it was taken. */
async function tolerated(options: StartOptions, command: AtCommand): Promise<boolean> {
  return (await heard(options, command)).kind === 'ok';
}

async function lines(options: StartOptions, command: AtCommand): Promise<readonly string[]> {
  const answer = await heard(options, command);
  return answer.kind === 'ok' ? answer.lines : [];
}

/** Once more after a time-out: the channel has found out meanwhile whether anybody is there. */
async function heard({ channel, where }: StartOptions, command: AtCommand): Promise<AtAnswer> {
  const fail = (code: DriverErrorCode): never => {
    throw new DriverError(code, where, command.text);
  };
  const first = await channel.ask(command);
  const answer = first.kind === 'silent' ? await channel.ask(command) : first;
  if (answer.kind === 'down') return fail('LINK-005');
  return answer.kind === 'silent' ? fail('MODEM-001') : answer;
}
