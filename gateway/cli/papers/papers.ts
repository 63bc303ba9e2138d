/** Revisions in the data folder, as a list and as files for people. No gateway has to run for that. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Words } from '../../../config/vocabulary.js';
import { listRevisions, readRevision, revisionNumbers } from '../../commissioning/report/revision-folder.js';
import { writeReport } from '../../commissioning/report/write-report.js';
import type { Lang } from '../teller.js';
import { describeRevision } from './commissioning-words.js';
import { printPdf } from './print-pdf.js';

export interface PaperFiles {
  readonly out: string | null;
  readonly pdf: string | null;
}

const words = {
  none: { zh: '没有这份验收报告', en: 'there is no such revision' },
  nowhere: { zh: '写出到哪里：--out 或 --pdf', en: 'say where it goes: --out or --pdf' },
  noBrowser: {
    zh: '本机没有 chromium，写不出 PDF。用浏览器打开 HTML（--out，或面板的验收页），打印为 PDF',
    en: 'there is no chromium on this machine to make a PDF. Open the HTML (--out, or the panel) in a browser and print it as PDF',
  },
  noPdf: { zh: 'chromium 没有写出 PDF', en: 'chromium has made no PDF' },
} as const satisfies Record<string, Words>;

/** The exit status: 0, also when there is none. */
export async function listOf(dataDir: string, lang: Lang, isJson: boolean): Promise<number> {
  const rows = await listRevisions(folderOf(dataDir));
  const text = rows.length === 0 ? words.none[lang] : rows.map((row) => describeRevision(row, lang)).join('\n');
  process.stdout.write(`${isJson ? JSON.stringify(rows) : text}\n`);
  return 0;
}

/** The exit status: 0 written, 1 there is no such revision or no browser, 2 a command line that says too little or a file that can not be. */
export async function writePapers(
  dataDir: string,
  given: string | null,
  { out, pdf }: PaperFiles,
  lang: Lang,
  isJson: boolean,
): Promise<number> {
  if (out === null && pdf === null) return refuse(words.nowhere, lang, 2);
  const folder = folderOf(dataDir);
  const [newest = 0] = await revisionNumbers(folder);
  const revision = await readRevision(folder, given === null ? newest : Number(given));
  if (revision === null) return refuse(words.none, lang, 1);
  const write = async (path: string): Promise<void> => {
    const file = await open(path, 'w', 0o600);
    try {
      await writeReport(folder, revision, lang, (text) => append(file, text));
    } finally {
      await file.close();
    }
  };
  try {
    if (out !== null) await write(out);
    if (pdf !== null) {
      const page = out ?? `${pdf}.html`;
      if (out === null) await write(page);
      const made = await printPdf(page, pdf);
      if (out === null) await rm(page, { force: true });
      if (made !== 'made') return refuse(made === 'no-browser' ? words.noBrowser : words.noPdf, lang, 1);
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const { revision: number } = revision.content;
  const told = { revision: number, sha256: revision.file.sha256, out, pdf };
  const files = [out, pdf].filter((path) => path !== null).join(' ');
  process.stdout.write(`${isJson ? JSON.stringify(told) : files}\n`);
  return 0;
}

async function append(file: FileHandle, text: string): Promise<void> {
  await file.write(text);
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'commissioning');
}

function refuse(why: Words, lang: Lang, status: number): number {
  process.stderr.write(`${why[lang]}\n`);
  return status;
}
