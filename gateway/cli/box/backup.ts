/** `gengfu backup`, `restore`, `replace`: what a box is, as one file, and back. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open as openFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Words } from '../../../config/vocabulary.js';
import { SystemClock } from '../../../drivers/clock.js';
import { writeWhole } from '../../../drivers/whole-file.js';
import { commandTime } from '../../../sync/command-result.js';
import { collect, type KeptFile, TooMuchError } from '../../backup/kept-files.js';
import { lostPorts, serialLinesOf, withPorts } from '../../backup/line-paths.js';
import { readOwnerNames } from '../../backup/owner-names.js';
import { pack, unpack } from '../../backup/packed.js';
import { asideSuffix, putBack } from '../../backup/put-back.js';
import { planRestore, type RestorePlan } from '../../backup/restore-plan.js';
import { type BackupHead, open, seal, sealedMaxBytes } from '../../backup/sealed.js';
import { filesOfSpare } from '../../backup/spare-box.js';
import { readVersion } from '../../version.js';
import { ask } from '../ask-gateway.js';
import { passwordTerminal } from '../ask-password.js';
import { confirmHere } from '../confirm.js';
import { failureWords } from '../failure-words.js';
import { loadSite } from '../site-acts.js';
import { hasTerminal } from '../terminal-asker.js';
import type { BackupOptions, BackupVerb } from './backup-orders.js';
import { backupWords, type Told } from './backup-words.js';
import { askPhrase } from './pass-phrase.js';

const exits = { refused: 1, invalid: 2, runs: 3 } as const;

export async function backItUp(verb: BackupVerb, file: string | null, options: BackupOptions): Promise<void> {
  process.umask(0o077);
  try {
    if (verb === 'backup') await makeBackup(file, options);
    else await putItBack(verb, file ?? '', options);
  } catch (error) {
    const words = error instanceof TooMuchError ? backupWords.tooMuch(error.message) : failureWords(error);
    refuse(words, options, exits.refused);
  }
}

async function makeBackup(given: string | null, options: BackupOptions): Promise<void> {
  const config = await loadSite(options);
  if (config === null) return;
  const at = commandTime(new SystemClock().wall());
  const to = path.resolve(given ?? `${config.site.id}-${at.slice(0, 10)}.gengfu`);
  if (existsSync(to)) return refuse(backupWords.isThere(to), options, exits.refused);
  const { files, missing } = await collect(config, await readOwnerNames());
  const phrase = await askPhrase(
    { file: options.passphraseFile ?? null, isNew: true, lang: options.lang },
    passwordTerminal,
  );
  if (!phrase.ok) return refuse(phrase.words, options, exits.invalid);
  const { id, district, name } = config.site;
  const head: BackupHead = { district, site: id, name, madeAt: at, version: await readVersion() };
  const bytes = await seal(head, await pack(files), phrase.phrase, randomBytes);
  await writeWhole(to, bytes, { mode: 0o600 });
  tell(backupWords.made(to, bytes.length, files.length, missing), options, {
    ...{ file: to, bytes: bytes.length, files: files.map(shown), missing },
  });
}

async function putItBack(verb: 'restore' | 'replace', file: string, options: BackupOptions): Promise<void> {
  const phraseOptions = { file: options.passphraseFile ?? null, isNew: false, lang: options.lang };
  const bytes = await readBackup(file);
  if (bytes === null) return refuse(backupWords.tooMuch(file), options, exits.invalid);
  const phrase = await askPhrase(phraseOptions, passwordTerminal);
  if (!phrase.ok) return refuse(phrase.words, options, exits.invalid);
  const opened = await open(bytes, phrase.phrase);
  if (opened.is !== 'open') return refuse(backupWords.notOpened(file, opened), options, exits.invalid);
  const packed = await unpack(opened.content);
  if (packed === null) return refuse(backupWords.notOpened(file, { is: 'foreign' }), options, exits.invalid);
  if (options.list === true)
    return tell(backupWords.inside(opened.head, packed), options, { files: packed.map(shown) });
  const chosen = verb === 'replace' ? await spareOf(packed, options) : { files: packed, notes: [] };
  if ('refused' in chosen) return refuse(chosen.refused, options, exits.invalid);
  const root = rootOf(options);
  const plan = await planRestore(chosen.files, { siteFile: path.resolve(options.config), root });
  if (await gatewayRuns(plan)) return refuse(backupWords.runs(plan.dataDir), options, exits.runs);
  const planned = { head: opened.head, steps: plan.steps.map(({ to, there }) => ({ to, there })) };
  if (options.dryRun === true) return tell(backupWords.would(opened.head, plan, chosen.notes), options, planned);
  if (options.yes !== true && !(await agreed(backupWords.would(opened.head, plan, chosen.notes), options))) {
    return refuse(backupWords.notAgreed, options, exits.refused);
  }
  await putBack(plan.steps, await readOwnerNames(root === '' ? '/' : root), process.getuid?.() === 0);
  tell(backupWords.done(verb, plan, asideSuffix, chosen.notes), options, { ...planned, done: true });
}

/** '': this box itself. */
function rootOf({ root }: BackupOptions): string {
  const given = root === undefined ? '' : path.resolve(root);
  return given === '/' ? '' : given;
}

/** With the ports that the person gave; those of this box that are not there are told. */
async function spareOf(packed: readonly KeptFile[], options: BackupOptions) {
  const { files, isApplied } = await filesOfSpare(packed);
  const [site, ...others] = files;
  const text = site?.content.toString('utf8') ?? '';
  const given = new Map((options.line ?? []).map((each) => splitOnce(each)));
  const unknown = [...given].find(
    ([id, port]) => !port.startsWith('/') || !serialLinesOf(text).some((line) => line.id === id),
  );
  if (unknown !== undefined) return { refused: backupWords.noSuchLine(unknown[0], serialLinesOf(text)) };
  const changed = withPorts(text, given);
  if (site === undefined || changed === null) return { refused: backupWords.noPort };
  const lost = lostPorts(changed, rootOf(options), existsSync);
  const notes: Told[] = [];
  if (isApplied) notes.push(backupWords.applied);
  if (lost === null) notes.push(backupWords.otherBox(serialLinesOf(changed)));
  else if (lost.length > 0) notes.push(backupWords.lostPorts(lost));
  return { files: [{ ...site, content: Buffer.from(changed) }, ...others], notes };
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Null: larger than any backup. */
async function readBackup(file: string): Promise<Buffer | null> {
  const { size } = await stat(file);
  if (size > sealedMaxBytes) return null;
  const handle = await openFile(file, 'r');
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Files under a running gateway would be half old and half new to it. */
async function gatewayRuns({ dataDir }: RestorePlan): Promise<boolean> {
  return ask(dataDir, { ask: 'status' }).then(
    () => true,
    () => false,
  );
}

async function agreed(words: Words, { lang }: BackupOptions): Promise<boolean> {
  if (!hasTerminal()) return false;
  process.stderr.write(`${words[lang]}\n`);
  return confirmHere(lang === 'zh' ? '写入' : 'write it', lang);
}

function shown({ root, path: below, content }: KeptFile) {
  return { root, path: below, bytes: content.length };
}

function tell(words: Words, { lang, json }: BackupOptions, facts: object): void {
  process.stdout.write(json === true ? `${JSON.stringify({ ok: true, ...facts })}\n` : `${words[lang]}\n`);
}

function refuse(words: Words, { lang, json }: BackupOptions, status: number): void {
  process.exitCode = status;
  if (json === true) process.stdout.write(`${JSON.stringify({ ok: false, words })}\n`);
  else process.stderr.write(lang === 'zh' ? `未完成：${words.zh}\n` : `not done: ${words.en}\n`);
}
