/** What axe finds on a screen, and what it can not decide: the latter is looked at here, pixel by pixel. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { contrastOf } from './contrast.js';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.1 AA, 1.4.3. */
const ratioMin = 4.5;
const ratioLargeMin = 3;

export interface Undecided {
  readonly rule: string;
  /** Why axe could not tell. */
  readonly because: string;
  readonly target: string;
  readonly isLarge: boolean;
}

export interface Looked {
  /** Broken rules, each with its nodes. */
  readonly violations: readonly string[];
  readonly undecided: readonly Undecided[];
}

/** `rules`: left out, all of WCAG 2.1 A and AA. */
export async function axe(page: Page, rules?: readonly string[]): Promise<Looked> {
  if (!(await page.evaluate('typeof globalThis.axe === "object"'))) await page.evaluate(source);
  const only = rules === undefined ? ['wcag2a', 'wcag2aa', 'wcag21aa'] : { type: 'rule', values: rules };
  return (await page.evaluate(`axe.run(${JSON.stringify({ runOnly: only, resultTypes: ['violations', 'incomplete'] })})
    .then(({ violations, incomplete }) => ({
      violations: violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))),
      undecided: incomplete.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => {
        const { data } = [...any, ...all, ...none][0] ?? {};
        const px = parseFloat(data?.fontSize?.match(/\\(([\\d.]+)px/)?.[1] ?? '0');
        return {
          rule: id,
          because: data?.messageKey ?? '',
          target: target.join(' '),
          isLarge: px >= 24 || (px >= 18.66 && data?.fontWeight === 'bold'),
        };
      })),
    }))`)) as Looked;
}

/** Null: it is as it should be; else what is wrong with it. `measured` is told every ratio. */
export async function lookedAt(
  page: Page,
  { rule, target, because, isLarge }: Undecided,
  measured: (ratio: number) => void,
): Promise<string | null> {
  if (rule !== 'color-contrast') return `${rule} ${target}: nobody has looked at it`;
  const ratio = await contrastOf(page, target);
  // Nothing of it is to be seen: it stands under something else, and is told where that is.
  if (ratio === null) return null;
  measured(ratio);
  const least = isLarge ? ratioLargeMin : ratioMin;
  return ratio >= least ? null : `${target} (${because}): ${ratio.toFixed(2)} : 1, at least ${least} : 1`;
}
