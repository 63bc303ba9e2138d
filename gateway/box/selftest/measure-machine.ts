/** The box at rest: temperature, load, what this program holds. */
import type { BoxView } from '../box-view.js';
import { words } from '../finding.js';
import { promised } from './developed.js';
import { type Figure, figure } from './figure.js';

export async function measureMachine(
  view: BoxView,
  residentBytes: number,
  processors: number,
): Promise<readonly Figure[]> {
  const zones = (await view.names('/sys/class/thermal')).filter((name) => name.startsWith('thermal_zone'));
  const told = await Promise.all(zones.map((zone) => view.text(`/sys/class/thermal/${zone}/temp`)));
  const degrees = told.flatMap((text) => (/^-?\d{1,7}$/.test(text ?? '') ? [Number(text) / 1000] : []));
  const load = Number(((await view.text('/proc/loadavg')) ?? '').split(' ')[0]);
  const none = words('这台机器不报告温度', 'this machine does not tell it');
  return [
    figure('temperature', words('温度', 'temperature'), '°C', degrees.length === 0 ? null : Math.max(...degrees), {
      budget: promised.temperatureC,
      ...(degrees.length === 0 ? { note: none } : {}),
    }),
    figure(
      'load',
      words('处理器负载（1 分钟）', 'load of the processors (1 min)'),
      '%',
      Number.isFinite(load) ? (load / processors) * 100 : null,
      { budget: 80 },
    ),
    figure('own-memory', words('本命令占用内存', 'memory of this command'), 'MB', residentBytes / 1e6),
  ];
}
