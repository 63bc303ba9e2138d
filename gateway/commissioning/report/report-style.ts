import { createHash } from 'node:crypto';

/** Of the report: A4 on paper, readable on a phone. No colour says anything alone. */
export const reportStyle = [
  '@page{size:A4;margin:16mm 14mm 18mm}',
  ':root{color-scheme:light}*{box-sizing:border-box}',
  'body{font:14px/1.5 "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif;color:#111;background:#fff;max-width:62rem;margin:0 auto;padding:1.2rem}',
  'h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:1.6rem 0 .5rem;border-bottom:2px solid #111;padding-bottom:.15rem;break-after:avoid}h3{font-size:1rem;margin:1rem 0 .3rem;break-after:avoid}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:.6rem 0}dt{color:#444}dd{margin:0;overflow-wrap:anywhere}',
  'table{border-collapse:collapse;width:100%;font-size:12px}th,td{text-align:left;vertical-align:top;padding:.22rem .4rem;border-bottom:1px solid #999;overflow-wrap:anywhere}th{border-bottom:1.5px solid #111;font-weight:600}thead{display:table-header-group}tr{break-inside:avoid}',
  '.scroll{overflow-x:auto}.state{font-weight:600;white-space:nowrap}.failed{border:1.5px solid #111;padding:0 .3rem}.big{font-size:1.3rem;font-weight:700;margin:.3rem 0}',
  'code{font:12px/1.4 monospace;overflow-wrap:anywhere}small{color:#444}',
  'svg{display:block}.strip{width:100%;max-width:480px;height:22px}.times{width:100%;min-width:90px;height:14px}',
  '.good{fill:#27496d}.bad{fill:#c62828}.range{fill:#8fa9c4}.median{stroke:#111;stroke-width:1.5;vector-effect:non-scaling-stroke}.counted{stroke:#111;stroke-width:1;stroke-dasharray:2 2;vector-effect:non-scaling-stroke}.mark{width:180px;height:54px;fill:none;stroke:#111;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}',
  'figure{display:inline-block;margin:.3rem .6rem .3rem 0;max-width:15rem;break-inside:avoid;vertical-align:top}img{max-width:100%;max-height:14rem;border:1px solid #999}figcaption{font-size:12px}',
  '@media print{body{max-width:none;padding:0;font-size:11px}table{font-size:9.5px}.scroll{overflow:visible}}svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}',
].join('');

const digest = createHash('sha256').update(reportStyle).digest('base64');

/** Nothing but this style and images that stand in the file. */
export const reportPolicy = `default-src 'none'; style-src 'sha256-${digest}'; img-src data:`;
