/** `gengfu labels`: a page of labels, written beside where it is called. */
import { resolve } from 'node:path';
import { writeWhole } from '../../../drivers/whole-file.js';
import { labelSheet } from '../../papers/label-sheet.js';
import { labelled } from '../../papers/labelled.js';
import { failureWords } from '../failure-words.js';
import { readSite } from '../read-site.js';
import type { LabelOptions } from './label-orders.js';

const exitRefused = 1;
/** It is to be read by whoever prints it. */
const fileMode = 0o644;

export async function labels(options: LabelOptions): Promise<void> {
  const read = await readSite(options);
  if (read === null) return;
  const { config, yaml, profiles } = read;
  const { lang, json, size: sizeMm, url = null } = options;
  const things = labelled(yaml, profiles);
  const to = resolve(options.out ?? 'labels.html');
  try {
    await writeWhole(to, labelSheet({ site: config.site, things, lang, sizeMm, url }), { mode: fileMode });
  } catch (error) {
    const words = failureWords(error);
    if (json === true) process.stdout.write(`${JSON.stringify({ ok: false, words })}\n`);
    else process.stderr.write(lang === 'zh' ? `未完成：${words.zh}\n` : `not done: ${words.en}\n`);
    process.exitCode = exitRefused;
    return;
  }
  const told =
    lang === 'zh'
      ? `${things.length} 张标签，写在 ${to}；用浏览器打开，按 100% 打印`
      : `${things.length} labels in ${to}; open it in a browser and print at 100 %`;
  process.stdout.write(json === true ? `${JSON.stringify({ ok: true, file: to, labels: things })}\n` : `${told}\n`);
}
