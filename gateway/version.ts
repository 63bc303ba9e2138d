/** Which release this is. */
import { readFile } from 'node:fs/promises';

/** Of package.json, one folder up in source and two in the built tree. */
export async function readVersion(): Promise<string> {
  for (const path of ['../package.json', '../../package.json']) {
    const text = await readFile(new URL(path, import.meta.url), 'utf8').catch(() => null);
    if (text !== null) return String((JSON.parse(text) as { version?: unknown }).version ?? 'unknown');
  }
  return 'unknown';
}
