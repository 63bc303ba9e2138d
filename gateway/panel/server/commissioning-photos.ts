/** Photos of a commissioning, by what they hold: `<dataDir>/commissioning/photos/<SHA-256>.jpg`. What is signed names them. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../../drivers/whole-file.js';
import { kindOfBytes } from './image-kind.js';
import { type Refusal, refused } from './refusal.js';

/** Photos kept, and their bytes in all: a card is small, and a report holds all of its own. Those that nothing names make room first. */
const photosMax = 240;
const photosMaxBytes = 48 * 1024 * 1024;

export class CommissioningPhotos {
  #turn: Promise<unknown> = Promise.resolve();

  /** `folder`: `<dataDir>/commissioning`. */
  constructor(private readonly folder: string) {}

  /** Its name; the same photo twice is one. */
  write(bytes: Uint8Array): Promise<{ readonly name: string } | Refusal> {
    const done = this.#turn.then(() => this.#write(bytes));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #write(bytes: Uint8Array): Promise<{ readonly name: string } | Refusal> {
    const kind = kindOfBytes(bytes);
    if (kind === null) return noImage;
    const name = `${createHash('sha256').update(bytes).digest('hex')}.${kind}`;
    await mkdir(this.#photos, { recursive: true, mode: 0o700 });
    if (await this.#isFull(name, bytes.length)) return tooMany;
    await writeWhole(join(this.#photos, name), bytes);
    return { name };
  }

  get #photos(): string {
    return join(this.folder, 'photos');
  }

  async #isFull(name: string, more: number): Promise<boolean> {
    const others = (await readdir(this.#photos)).filter((other) => other !== name);
    const sizes = new Map<string, number>();
    for (const other of others) sizes.set(other, (await stat(join(this.#photos, other))).size);
    const isFull = (): boolean =>
      sizes.size + 1 > photosMax || [...sizes.values()].reduce((sum, size) => sum + size, more) > photosMaxBytes;
    if (!isFull()) return false;
    const named = await this.#named();
    for (const other of others) {
      if (!isFull()) return false;
      if (named.includes(other)) continue;
      await rm(join(this.#photos, other), { force: true });
      sizes.delete(other);
    }
    return isFull();
  }

  /** All texts that may name a photo. */
  async #named(): Promise<string> {
    const files = (await readdir(this.folder)).filter((file) => file.endsWith('.json'));
    const texts = await Promise.all(files.map((file) => readFile(join(this.folder, file), 'utf8')));
    return texts.join('\n');
  }
}

const noImage = refused(
  415,
  'bad-image',
  { zh: '文件内容不是图片', en: 'the bytes are no image' },
  {
    where: 'body',
    expected: 'PNG, JPEG or WebP',
    hint: { zh: '用 PNG、JPEG 或 WebP 图片', en: 'use a PNG, JPEG or WebP image' },
  },
);

const tooMany = refused(
  507,
  'photos-full',
  { zh: '验收照片太多，存不下了', en: 'there is no room for another photo of the commissioning' },
  {
    expected: `at most ${photosMax} photos, ${photosMaxBytes / 1024 / 1024} MB in all`,
    hint: { zh: '少拍几张，或用小一些的图片', en: 'take fewer, or smaller ones' },
  },
);
