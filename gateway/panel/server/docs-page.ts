/** The API for people: one HTML page without scripts, in both languages. */
import { createHash } from 'node:crypto';
import { type RouteInfo, routes } from '../api/routes.js';
import type { Answer } from './call.js';
import { type JsonObject, openapi } from './openapi.js';
import { stylePolicy } from './security-headers.js';

const style = [
  'body{font:16px/1.5 sans-serif;max-width:64rem;margin:0 auto;padding:1rem;color:#111;background:#fff}',
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #767676}',
  'code,pre{font:14px/1.4 monospace;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:#f2f2f2;padding:.6rem}',
].join('');

const levelWords = [
  '0 任何人 anybody',
  'Ⅰ 本机屏幕或已登录 the box’s own screen, or signed in',
  'Ⅱ 值班 duty',
  'Ⅲ 安装 installer',
] as const;

export function docsPage(): Answer {
  const headers = { 'content-security-policy': stylePolicy(createHash('sha256').update(style).digest('base64')) };
  return { kind: 'bytes', type: 'text/html; charset=utf-8', bytes: page(), headers };
}

function page(): string {
  const { components, paths } = openapi() as { components: { schemas: JsonObject }; paths: Record<string, JsonObject> };
  const rows = Object.values<RouteInfo>(routes).map(
    ({ method, path, level, isForTokens, about }) =>
      `<tr><td><code>${method}</code></td><td><a href="#${anchor(method, path)}"><code>${escaped(path)}</code></a></td>` +
      `<td>${levelWords[level]}${isForTokens && level > 0 ? '；只读令牌 or a token' : ''}</td><td>${escaped(about.zh)} · ${escaped(about.en)}</td></tr>`,
  );
  const details = Object.values<RouteInfo>(routes).map(({ method, path }) => {
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    return `<h2 id="${anchor(method, path)}"><code>${method} ${escaped(path)}</code></h2><pre>${escaped(JSON.stringify(operation, null, 1))}</pre>`;
  });
  const shapes = Object.entries(components.schemas).map(
    ([name, shape]) => `<h2 id="${name}">${name}</h2><pre>${escaped(JSON.stringify(shape, null, 1))}</pre>`,
  );
  return [
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>更夫接口说明 · Gengfu API</title><style>${style}</style></head><body><main>`,
    `<h1>更夫接口说明 · Gengfu API</h1><p>机器可读 · for machines: <a href="/api/openapi.json">openapi.json</a></p>`,
    `<table><thead><tr><th>方法 method</th><th>路径 path</th><th>级别 level</th><th>说明 about</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
    ...details,
    ...shapes,
    '</main></body></html>',
  ].join('\n');
}

function anchor(method: string, path: string): string {
  return `${method}${path.replaceAll(/[^\w]+/g, '-')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
