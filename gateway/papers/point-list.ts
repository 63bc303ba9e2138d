/** Every point of a site: what it is, what it can raise and when, and where it is read. Pure. */
import type { PointConfig, SiteConfig } from '../../config/site.js';
import { classWords, type Words } from '../../config/vocabulary.js';

/** As text, without the last line end. */
export function pointText(config: SiteConfig, lang: 'zh' | 'en'): string {
  return config.points
    .map((point) => {
      const raises = raisesOf(point);
      const parts = [point.id, point.name[lang], raises[lang], sourceOf(point)[lang]];
      return parts.filter((part) => part !== '').join('  ');
    })
    .join('\n');
}

function raisesOf({ class: alarmClass, limits, physicalUnit }: PointConfig): Words {
  if (alarmClass === null) return { zh: '只显示', en: 'only shown' };
  const name = classWords[alarmClass];
  if (limits === undefined)
    return physicalUnit === null ? name : { zh: '没有报警值，只显示', en: 'no limits, only shown' };
  const unit = physicalUnit ?? '';
  const low = limits.low === null ? '' : `≤ ${limits.low} ${unit}`;
  const high = limits.high === null ? '' : `≥ ${limits.high} ${unit}`;
  const both = [low, high].filter((text) => text !== '');
  return { zh: `${name.zh} ${both.join('，')}`, en: `${name.en} ${both.join(', ')}` };
}

function sourceOf({ source }: PointConfig): Words {
  switch (source.kind) {
    case 'register': {
      const at = `${source.device} ${source.table} 0x${source.address.toString(16).padStart(4, '0')}`;
      return { zh: `${at} ${scans[source.scan].zh}`, en: `${at} ${scans[source.scan].en}` };
    }
    case 'pin':
      return { zh: `GPIO${source.pin}`, en: `GPIO${source.pin}` };
    case 'stream':
      return { zh: `${source.device} 自报`, en: `told by ${source.device}` };
    default:
      return { zh: '', en: '' };
  }
}

/** config/site.ts, ScanRate. */
const scans = {
  fast: { zh: '尽快', en: 'as often as it can' },
  normal: { zh: '每 5 秒', en: 'each 5 s' },
  slow: { zh: '每 60 秒', en: 'each 60 s' },
  once: { zh: '只读一次', en: 'once' },
} as const;
