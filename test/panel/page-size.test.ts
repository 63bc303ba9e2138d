/** The page is small enough for a slow line and an old box, and carries nothing that its policy forbids. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const maxBytes = 150 * 1000;
const folder = 'dist/gateway/panel/page';
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));

describe('the built page', () => {
  it('is at most 150 kB compressed, all of it', () => {
    const bytes = files.reduce((sum, file) => sum + gzipSync(file.bytes, { level: 9 }).length, 0);
    expect(files.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(maxBytes);
  });

  it('asks nothing of the outside, and has no script or style inside its HTML', () => {
    const html = files.find(({ name }) => name === 'index.html')?.bytes.toString('utf8') ?? '';
    expect(html).toContain('lang="zh-CN"');
    expect(html).not.toMatch(/<style|style=|<script[^>]*>[^<]|\son\w+=/);
    const outside = files
      .filter(({ name }) => /\.(?:html|css|js)$/.test(name))
      .flatMap(({ bytes }) => bytes.toString('utf8').match(/https?:\/\/[\w.-]+/g) ?? [])
      // Names of XML namespaces, which nobody fetches.
      .filter((url) => url !== 'http://www.w3.org');
    expect(outside).toEqual([]);
  });
});
