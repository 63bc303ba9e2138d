/** One simulated unit on a bare line and a virtual clock, read through a profile. */
import { onTestFinished } from 'vitest';
import { parseProfile } from '../../../config/profile-library.js';
import { trialUnit } from '../../../config/trial-unit.js';
import { TrialBook } from '../../../gateway/profiles/trial-book.js';
import { type AskBlock, TrialReader } from '../../../gateway/profiles/trial-reader.js';
import { BareLine, bareLineConfig, bareUnit } from '../../../gateway/wire/bare-line.js';
import { ByteWire } from '../../../hardware-sim/byte-wire.js';
import { makeModel } from '../../../hardware-sim/modbus/models.js';
import { type BankMap, RegisterBank } from '../../../hardware-sim/modbus/register-bank.js';
import { SimUnit } from '../../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { seeded } from '../../drivers/rig.js';

const format = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

/** `what`: the simulated module of a profile, or one of its own. */
export async function wireRig(what: string | BankMap, turnaroundMs = 10) {
  const clock = new SimClock();
  const path = '/dev/ttyUSB0';
  const wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10, chunkBytes: 'whole', path });
  const model = typeof what === 'string' ? makeModel(what, clock) : new RegisterBank(what);
  const simulated = new SimUnit({ address: 1, model, turnaroundMs });
  wire.attach(simulated);
  const config = bareLineConfig({ kind: 'serial', path, format });
  const line = new BareLine({ config, open: wire.open, clock, random: seeded(3) });
  const wait = async <T>(promise: Promise<T>, limitMs = 300_000): Promise<T> => {
    let isDone = false;
    void promise.finally(() => {
      isDone = true;
    });
    await clock.until(() => isDone, limitMs, 5);
    return promise;
  };
  await wait(line.open());
  onTestFinished(async () => wait(line.close()));
  const asked: string[] = [];
  const ask: AskBlock = ({ table, address, count }) => {
    asked.push(`${table} ${address}+${count}`);
    return line.ask(bareUnit(1), { kind: 'read', table, address, count });
  };
  return { clock, model, simulated, config, ask, asked, wait };
}

export function trialOf(text: string, id: string, config: Parameters<typeof trialUnit>[1], options = {}) {
  const { profile, problems } = parseProfile(`${id}.yaml`, text);
  if (profile === null) throw new Error(JSON.stringify(problems));
  const outcome = trialUnit(profile, config, { address: 1, options });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.fault));
  return outcome.trial;
}

export function readerOf(trial: ReturnType<typeof trialOf>, ask: AskBlock, config: Parameters<typeof trialUnit>[1]) {
  return { reader: new TrialReader(trial, ask), book: new TrialBook(config) };
}
