/** The text of a site file, by its sum, with the installer's profiles that it uses; and how it travels in parts. */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fileMaxBytes } from '../../config/read-text.js';
import type { UserTexts } from '../../config/user-profiles.js';

/** Of base64 in one part: with its envelope a command stays below 64 kB. */
export const partMaxChars = 48 * 1024;
/** A packed site file of a thousand devices has about 10 kB; this is as much as the largest file may become. */
export const partsMax = 32;

export interface SiteText {
  readonly text: string;
  /** Of its UTF-8 bytes, hexadecimal. */
  readonly sha256: string;
  /** The installer's own profiles that it uses, by id; left out: none. */
  readonly userProfiles?: UserTexts;
}

export function siteText(text: string, userProfiles: UserTexts = {}): SiteText {
  const site = { text, sha256: sumOf(text) };
  return Object.keys(userProfiles).length === 0 ? site : { ...site, userProfiles };
}

/** Of the text and the installer's profiles that it uses: what makes two sites the same. Without such profiles it is that of the text. */
export function wholeSum({ sha256, userProfiles = {} }: Pick<SiteText, 'sha256' | 'userProfiles'>): string {
  const profiles = Object.entries(userProfiles).sort(([a], [b]) => (a < b ? -1 : 1));
  if (profiles.length === 0) return sha256;
  return sumOf([sha256, ...profiles.map(([id, text]) => `${id} ${sumOf(text)}`)].join('\n'));
}

function sumOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Base64 of the packed text, cut into parts. */
export function packed({ text }: SiteText): readonly string[] {
  const whole = gzipSync(Buffer.from(text, 'utf8'), { level: 9 }).toString('base64');
  const parts = Math.max(1, Math.ceil(whole.length / partMaxChars));
  return Array.from({ length: parts }, (_, i) => whole.slice(i * partMaxChars, (i + 1) * partMaxChars));
}

/** Null: it is no gzip, no UTF-8, or more than a site file may have (it is not unpacked further then). */
export function unpacked(base64: string): SiteText | null {
  try {
    const bytes = gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: fileMaxBytes });
    return siteText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return null;
  }
}
