/** What `gengfu run` tells of the first round of questions. */
import { expect, test } from 'vitest';
import { type Lang, Teller } from '../../gateway/cli/teller.js';

test.each<readonly [number, Lang, RegExp]>([
  [3, 'zh', /没有一台应答，现在没有探测器在守望$/],
  [3, 'en', /nothing answered: no detector is watching now$/],
  [1, 'zh', /3 台中 1 台无应答，其余正在守望$/],
  [0, 'zh', /开始守望$/],
])('%i of 3 that are silent are told in %s as they are', (silent, lang, told) => {
  const teller = new Teller(lang, false, () => 0);
  expect(teller.tell({ kind: 'site.scanned', tookMs: 5, asked: 3, silent })).toMatch(told);
});
