/** Pieces that the schemas of the site file and of the profiles share. Every key says what it is in both languages. */
import { z } from 'zod';
import { idPattern } from './ids.js';
import { wanted } from './schema-messages.js';

/** What the documentation of a key needs beside its type: label and meaning, and the unit of a number. */
export function about(label: string, description: string, unit?: string): z.GlobalMeta {
  return unit === undefined ? { title: label, description } : { title: label, description, unit };
}

export const textMaxChars = 200;
/** RFC 1035: of a whole name. */
export const hostMaxChars = 253;

/** An id as people write it. `of` tells in the documentation what it names. */
export const idText = z.string().regex(idPattern, wanted.id.en);

const phrase = z.string().trim().min(1).max(textMaxChars);

/** One text for both languages, or one for each. */
export const words = z.union([
  phrase,
  z.strictObject({
    zh: phrase.meta(about('中文', 'the text in Chinese')),
    en: phrase.meta(about('英文', 'the text in English')),
  }),
]);

export const filePath = z.string().min(1).max(1024);

/** A name of DNS, as a browser asks for it: no address, no port. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  return (
    text.length <= hostMaxChars &&
    labels.every((label) => /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/.test(label)) &&
    !/^[0-9]+$/.test(labels.at(-1) ?? '')
  );
}

/** A device file of the box, absolute. */
export const devicePath = filePath.regex(/^\//, wanted.path.en);

/** A time of the local day. */
export const clockTime = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, wanted.time.en);

/** The chip's own number of a pin. */
export const pinNumber = z.number().int().min(0).max(511);

/** A channel of a module, counted from 1 as printed. */
export const channelNumber = z.number().int().min(1).max(64);

/** How long a device serves, in the profile and at the device alike. */
export const calibrateMonths = z.number().int().min(1).max(240);
export const replaceYears = z.number().int().min(1).max(30);
