/** What a running gateway has measured itself: it is not disturbed. Pure. */
import type { DiagnosticSource } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import type { DoctorFacts } from '../../doctor/doctor-facts.js';
import { words } from '../finding.js';
import { developed, promised } from './developed.js';
import { type Figure, type FigureParts, figure } from './figure.js';

const wireWords: Readonly<Record<DiagnosticSource['what'], Words>> = {
  'latency-p95': words('应答 p95', 'turnaround p95'),
  quality: words('线路质量', 'quality'),
  load: words('负载', 'load'),
  'scan-age': words('最久未看到', 'longest unseen'),
};

export function runningFigures(facts: DoctorFacts): readonly Figure[] {
  const { memoryMb, loopDelayMs, commitMs, scannedMs = null, wire = [] } = facts;
  return [
    figure('start', words('进程启动到全部巡检一遍', 'process start to every line scanned'), 'ms', scannedMs, {
      ...{ budget: promised.startMs, developed: developed.startMs },
      ...(scannedMs === null ? { note: words('还没有巡检一遍', 'not everything has been scanned yet') } : {}),
    }),
    figure('loop-delay-p99', words('事件循环延迟 p99', 'event-loop delay p99'), 'ms', loopDelayMs, {
      budget: promised.loopDelayP99Ms,
    }),
    figure('gateway-commit-p95', words('网关写盘 p95', 'the gateway’s time to disk p95'), 'ms', commitMs, {
      budget: promised.durableMs,
    }),
    figure('memory', words('网关内存', 'memory of the gateway'), 'MB', memoryMb, {
      budget: promised.memoryMb,
      developed: developed.memoryMb,
    }),
    ...wire.map(({ of, what, value }) =>
      figure(
        `${what}/${of}`,
        both(of, wireWords[what]),
        what === 'quality' || what === 'load' ? '%' : 'ms',
        value,
        budgetOf(what),
      ),
    ),
  ];
}

function both(of: string, { zh, en }: Words): Words {
  return words(`${of} ${zh}`, `${of} ${en}`);
}

function budgetOf(what: DiagnosticSource['what']): FigureParts {
  return what === 'latency-p95' ? { budget: promised.turnaroundMs } : what === 'load' ? { budget: 100 } : {};
}
