/** Takes secrets and people out of any text: what is known of this box by its value, everything else by its form. Pure. */

export const gone = '***';
/** Shorter ones would take letters out of every word. */
const secretMinChars = 4;
const nameMinChars = 2;
/** Not names of people. */
const ownNames: ReadonlySet<string> = new Set([
  'root',
  'gengfu',
  'pi',
  'panel',
  'admin',
  'user',
  'fire',
  'east',
  'west',
]);

/** What is known of this box. */
export interface KnownSecrets {
  /** Passwords, keys, tokens, phone numbers, notes: wherever they stand. */
  readonly values: readonly string[];
  /** Of people and users: as words of their own. */
  readonly names: readonly string[];
}

const forms: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]*-----[\s\S]*?-----END [^-]*-----/g, gone],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${gone}@`],
  [
    /((?:password|passwd|passphrase|secret|token|api[_-]?key|authorization|bearer)["']?\s*[:=]\s*)(?!(?:null|true|false|[-\d.]+)\b)["']?[^\s"',;}]+/gi,
    `$1${gone}`,
  ],
  // Mobile and landline numbers of China, with what people put between the digits.
  [/(?<![\dA-Za-z.:-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z])/g, gone],
  [/(?<![\dA-Za-z.:-])0\d{2,3}[- ]\d{7,8}(?!\d)/g, gone],
  // 32 bytes and more as hexadecimal digits or base64: keys, digests, tokens.
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43,}={0,2}(?![A-Za-z0-9+/])/g, gone],
  [/(?<![A-Za-z0-9])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{32,}(?![A-Za-z0-9])/g, gone],
];

/** Numbers of lines stay as they are. */
export function scrub(text: string, { values, names }: KnownSecrets): string {
  let out = text;
  const whole = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), ...value.split('\n')]);
  for (const value of byLength(whole, secretMinChars)) out = out.replaceAll(value, sameLines(value));
  for (const name of byLength(names, nameMinChars)) {
    if (!ownNames.has(name.toLowerCase())) out = out.replaceAll(wordPattern(name), gone);
  }
  for (const [pattern, instead] of forms) {
    out = out.replaceAll(pattern, (found: string, ...groups: unknown[]) => {
      const [first] = groups;
      const kept = typeof first === 'string' ? instead.replace('$1', first) : instead.replace('$1', '');
      return `${kept}${'\n'.repeat(linesIn(found) - linesIn(kept))}`;
    });
  }
  return out;
}

function byLength(values: readonly string[], least: number): readonly string[] {
  const fit = values.map((value) => value.trim()).filter((value) => value.length >= least && value !== gone);
  return [...new Set(fit)].sort((a, b) => b.length - a.length);
}

/** Chinese has no blanks between words; a name of Latin letters does not count inside a longer word. */
function wordPattern(name: string): RegExp {
  const text = name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return /^[\w.-]+$/.test(name) ? new RegExp(`(?<![A-Za-z0-9_])${text}(?![A-Za-z0-9_])`, 'g') : new RegExp(text, 'g');
}

function sameLines(value: string): string {
  return `${gone}${'\n'.repeat(linesIn(value))}`;
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
