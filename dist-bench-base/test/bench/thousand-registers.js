/** 1,000 registers once a second over Modbus TCP, with alarms, journal and MQTT on: CPU time against a plain script. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HelperProcess } from './helper-process.js';
import { median, round } from './result.js';
const units = 100;
/** Both are compiled as they run. */
const warmMs = 60_000;
const quickWarmMs = 5_000;
/** Each with its own ratio, side by side, because the machine does not give both the same at all times; the median counts. */
const windows = 6;
export async function thousandRegisters({ quick, say }) {
    const windowMs = quick ? 3_000 : 20_000;
    const farm = new HelperProcess('farm-process', units);
    const { ports, brokerPort } = JSON.parse(await farm.line());
    say(`gateway and script side by side, ${(windows * windowMs) / 1000} s`);
    const programs = ['own-process', 'plain-process'].map((program, i) => new HelperProcess(program, units, ports[i] ?? 0, brokerPort));
    await Promise.all(programs.map((program) => program.line()));
    await sleep(quick ? quickWarmMs : warmMs);
    const usedMs = () => Promise.all(programs.map(async (program) => Number(await program.ask('cpu'))));
    const loads = [];
    await farm.ask('stats');
    let before = await usedMs();
    for (let i = 0; i < windows; i++) {
        await sleep(windowMs);
        const after = await usedMs();
        const [ours = 0, plain = 0] = after.map((ms, program) => ((ms - (before[program] ?? 0)) * 60) / windowMs);
        loads.push({ ours, plain });
        before = after;
    }
    const [stats, plainStats] = JSON.parse(await farm.ask('stats'));
    await Promise.all(programs.map((program) => program.end()));
    await farm.end();
    const ratios = loads.map(({ ours, plain }) => ours / plain);
    const detail = {
        'ours s/min': round(median(loads.map(({ ours }) => ours))),
        'plain s/min': round(median(loads.map(({ plain }) => plain))),
        'least and most': `${round(Math.min(...ratios))} to ${round(Math.max(...ratios))}`,
        looks: stats.looks,
        'plain looks': plainStats.looks,
    };
    const part = 'thousand-registers';
    return [
        {
            part,
            what: 'CPU time, of that of a plain script',
            value: median(ratios),
            limit: { atMost: 2 },
            unit: ' times',
            detail,
        },
        {
            part,
            what: 'periods left out',
            value: stats.late,
            limit: { atMost: 0 },
            unit: '',
            detail: { 'longest ms': round(stats.longestMs), 'plain longest ms': round(plainStats.longestMs) },
        },
    ];
}
