/** Findings whose area is known to whoever asks, and figures as they are read. Pure. */
import type { Words } from '../../config/vocabulary.js';
import { type Finding, words } from './finding.js';

export type Line = Omit<Finding, 'area'>;

export function good(what: Words, figure: Words, budget: Words | null = null): Line {
  return { what, figure, budget, severity: 'ok', fix: null };
}

export function duration(ms: number): Words {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
  if (days > 1) return words(`${days} 天`, `${days} days`);
  return hours > 1 ? words(`${hours} 小时`, `${hours} h`) : words(`${minutes} 分钟`, `${minutes} min`);
}

export function ago(ms: number): Words {
  const { zh, en } = duration(ms);
  return words(`${zh}前`, `${en} ago`);
}
