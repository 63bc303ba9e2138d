/** 1,000 registers once a second over Modbus TCP, with alarms, journal and MQTT on: CPU time against a plain script. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HelperProcess } from './helper-process.js';
import { type BenchOptions, type Result, round } from './result.js';

const units = 100;
/** Both are compiled as they run. */
const warmMs = 30_000;
const quickWarmMs = 5_000;

interface FarmStats {
  readonly looks: number;
  readonly late: number;
  readonly longestMs: number;
}

interface Load extends FarmStats {
  readonly cpuPerMinute: number;
}

export async function thousandRegisters({ quick, say }: BenchOptions): Promise<readonly Result[]> {
  const runMs = quick ? 10_000 : 60_000;
  const farm = new HelperProcess('farm-process', units);
  const { ports, brokerPort } = JSON.parse(await farm.line()) as { ports: readonly number[]; brokerPort: number };
  say(`gateway and script side by side, ${runMs / 1000} s`);
  const programs = ['own-process', 'plain-process'].map(
    (program, i) => new HelperProcess(program, units, ports[i] ?? 0, brokerPort),
  );
  await Promise.all(programs.map((program) => program.line()));
  await sleep(quick ? quickWarmMs : warmMs);
  const usedMs = (): Promise<number[]> =>
    Promise.all(programs.map(async (program) => Number(await program.ask('cpu'))));
  const before = await usedMs();
  await farm.ask('stats');
  await sleep(runMs);
  const stats = JSON.parse(await farm.ask('stats')) as readonly FarmStats[];
  const after = await usedMs();
  await Promise.all(programs.map((program) => program.end()));
  await farm.end();
  const loadOf = (i: number): Load => {
    const { looks = 0, late = 0, longestMs = 0 } = stats[i] ?? {};
    return { looks, late, longestMs, cpuPerMinute: (((after[i] ?? 0) - (before[i] ?? 0)) * 60) / runMs };
  };
  const [ours, plain] = [loadOf(0), loadOf(1)];
  const detail = {
    'ours s/min': round(ours.cpuPerMinute),
    'plain s/min': round(plain.cpuPerMinute),
    looks: ours.looks,
    'plain looks': plain.looks,
  };
  const part = 'thousand-registers';
  return [
    {
      part,
      what: 'CPU time, of that of a plain script',
      value: ours.cpuPerMinute / plain.cpuPerMinute,
      limit: { atMost: 2 },
      unit: ' times',
      detail,
    },
    {
      part,
      what: 'periods left out',
      value: ours.late,
      limit: { atMost: 0 },
      unit: '',
      detail: { 'longest ms': round(ours.longestMs), 'plain longest ms': round(plain.longestMs) },
    },
  ];
}
