/** Labels for every device of a site as one page to print on A4: what it is, where, its address, and a code that leads to it. Pure. */
import type { Words } from '../../config/vocabulary.js';
import { type Html, html } from '../commissioning/report/html.js';
import type { Labelled } from './labelled.js';

import { qrCode } from './qr-code.js';

/** Of one label, mm; the smallest that a code of 20 modules can be read from, the largest that a sheet has room for. */
export const labelSizeMm = { min: { width: 40, height: 20 }, max: { width: 190, height: 100 } } as const;
export const usualSizeMm = { width: 62, height: 29 } as const;

export interface LabelSheet {
  readonly site: { readonly id: string; readonly district: string; readonly name: Words };
  readonly things: readonly Labelled[];
  readonly lang: 'zh' | 'en';
  readonly sizeMm: { readonly width: number; readonly height: number };
  /** Of the panel, without an end; null: the code holds the name of the thing alone. */
  readonly url: string | null;
}

/** One page that needs nothing else. Throws RangeError where a code would be longer than a label can carry. */
export function labelSheet({ site, things, lang, sizeMm, url }: LabelSheet): string {
  const title = lang === 'zh' ? `${site.name.zh} 设备标签` : `${site.name.en}: labels`;
  const { width, height } = sizeMm;
  const labels = things.map((thing): Html => {
    const under = [thing.zone?.[lang], thing.place?.[lang]].filter((text) => text !== undefined && text !== '');
    return html`<li>${{ html: qrCode(codeOf(site, thing, url)) }}<div><b>${thing.id}</b><span>${thing.name[lang]}</span>
<span>${under.join(' · ')}</span><span>${thing.wired?.[lang] ?? ''}</span><i>${site.name[lang]}</i></div></li>`;
  });
  return html`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
@page { size: A4; margin: 10mm }
body { margin: 0; font: 9pt/1.25 "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; color: #000; background: #fff }
ul { display: flex; flex-wrap: wrap; margin: 0; padding: 0; list-style: none }
li { box-sizing: border-box; width: ${width}mm; height: ${height}mm; padding: 1mm; display: flex; gap: 1.5mm; overflow: hidden;
  border: 0.2mm dashed #999; break-inside: avoid }
svg { flex: none; height: 100%; aspect-ratio: 1 }
div { display: flex; flex-direction: column; min-width: 0; overflow: hidden }
b { font-size: 12pt; overflow-wrap: anywhere }
i { margin-top: auto; font-style: normal; font-size: 7pt }
</style></head><body><ul>
${labels}
</ul></body></html>
`.html;
}

/** What a phone reads: the map of the panel at this thing, or its name in the whole district. */
export function codeOf(site: LabelSheet['site'], { id, kind }: Labelled, url: string | null): string {
  if (url === null) return `gengfu:${site.district}/${site.id}/${id}`;
  return `${url.replace(/\/+$/, '')}/#/map?kind=${kind}&of=${id}`;
}
