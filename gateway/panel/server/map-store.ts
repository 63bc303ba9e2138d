/** The village plan in the data folder: map.json and its images, replaced whole or not at all. */
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../drivers/clock.js';
import { writeWhole } from '../../../drivers/whole-file.js';
import { type MapPlan, mapPlan } from '../api/map.js';
import { kindOfName } from './image-kind.js';
import { type Refusal, refused } from './refusal.js';

/** Images kept, and their bytes in all; more are refused, since a card is small. */
const imagesMax = 240;
const imagesMaxBytes = 64 * 1024 * 1024;

/** An image that came and was not saved is waited for so long: no session lives longer (people/sessions.ts), so nobody can save it then. */
const unsavedMaxMs = 12 * 3_600_000;

const nothing: MapPlan = { plans: [], photos: [], revision: 0 };

export interface StoredImage {
  readonly bytes: Uint8Array;
  readonly tag: string;
}

/** One change after the other; reads see the file before or after it. */
export class MapStore {
  #turn: Promise<unknown> = Promise.resolve();
  /** Images that came in this start and that no plan has shown yet, and when, mono. At most those that are on the disk. */
  readonly #unsaved = new Map<string, number>();

  /** `folder`: `<dataDir>/panel`. Whoever sent images before this start is signed out: what he has not saved goes. */
  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {
    void this.#inTurn(async () => {
      const plan = parsed(await readFile(this.#file, 'utf8'));
      if (plan !== null) await this.#removeUnshown(plan);
    }).catch(() => undefined);
  }

  async read(): Promise<MapPlan> {
    const text = await readFile(this.#file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw cause;
    });
    if (text === null) return nothing;
    const plan = parsed(text);
    if (plan !== null) return plan;
    // Kept aside for whoever wants to mend it by hand; the next plan begins anew.
    await rename(this.#file, this.#broken);
    return nothing;
  }

  /** The plan as it is kept now, with the next revision; refused when it was made on another than the newest. */
  write(plan: MapPlan): Promise<MapPlan | Refusal> {
    return this.#inTurn(async () => {
      const now = await this.read();
      if (plan.revision !== now.revision) return outdated(now.revision, plan.revision);
      const next = { ...plan, revision: now.revision + 1 };
      await this.#replace('map.json', Buffer.from(JSON.stringify(next)));
      const shown = shownBy(next);
      for (const name of [...this.#unsaved.keys()]) if (shown.has(name)) this.#unsaved.delete(name);
      // The plan is kept; an image that can not be removed goes the next time.
      await this.#removeUnshown(next).catch(() => undefined);
      return next;
    });
  }

  /** Null: there is none of that name, or no image may have it. */
  async image(name: string): Promise<StoredImage | null> {
    if (kindOfName(name) === null) return null;
    const path = join(this.#images, name);
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile()) return null;
    return {
      bytes: await readFile(path),
      tag: `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`,
    };
  }

  writeImage(name: string, bytes: Uint8Array): Promise<Refusal | null> {
    return this.#inTurn(async () => {
      const full = await this.#fullness(name, bytes.length);
      if (full !== null) return full;
      await this.#replace(join('images', name), bytes);
      this.#unsaved.set(name, this.clock.mono());
      return null;
    });
  }

  get #file(): string {
    return join(this.folder, 'map.json');
  }

  get #broken(): string {
    return `${this.#file}.broken`;
  }

  get #images(): string {
    return join(this.folder, 'images');
  }

  /** Images that no plan shows make room before anything is refused. */
  async #fullness(name: string, more: number): Promise<Refusal | null> {
    const shown = shownBy(await this.read());
    const others = (await readdir(this.#images).catch(() => [])).filter((other) => other !== name);
    const sizes = new Map<string, number>();
    for (const other of others) sizes.set(other, (await stat(join(this.#images, other))).size);
    const isFull = (): boolean =>
      sizes.size + 1 > imagesMax || [...sizes.values()].reduce((sum, size) => sum + size, more) > imagesMaxBytes;
    for (const other of others) {
      if (!isFull()) return null;
      if (shown.has(other)) continue;
      await this.#remove(other);
      sizes.delete(other);
    }
    return isFull() ? tooManyImages : null;
  }

  /**
   * A photo shows somebody's house: what was taken off the plan, or never saved, does not stay. But for images that somebody may still save,
   * and where a plan was set aside for whoever mends it by hand.
   */
  async #removeUnshown(plan: MapPlan): Promise<void> {
    if (plan.revision === 0 || (await stat(this.#broken).catch(() => null)) !== null) return;
    const shown = shownBy(plan);
    for (const name of await readdir(this.#images).catch(() => [])) {
      const unsavedMono = this.#unsaved.get(name) ?? Number.NEGATIVE_INFINITY;
      const isAwaited = this.clock.mono() - unsavedMono < unsavedMaxMs;
      if (!shown.has(name) && !isAwaited) await this.#remove(name);
    }
  }

  async #remove(image: string): Promise<void> {
    await rm(join(this.#images, image), { force: true });
    this.#unsaved.delete(image);
  }

  /** A power cut leaves the old one or the new one. */
  async #replace(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(name.startsWith('images') ? this.#images : this.folder, { recursive: true, mode: 0o700 });
    await writeWhole(join(this.folder, name), bytes);
  }

  #inTurn<Value>(run: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(run);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function shownBy({ plans, photos }: MapPlan): ReadonlySet<string | null> {
  return new Set([...plans, ...photos].map(({ image }) => image));
}

function parsed(text: string): MapPlan | null {
  try {
    return mapPlan.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function outdated(expected: number, got: number): Refusal {
  const words = { zh: '村图已被别人修改', en: 'somebody else has changed the plan meanwhile' };
  const hint = { zh: '重新载入村图，再改一次', en: 'load the plan again and repeat the change' };
  return refused(409, 'map-changed', words, {
    where: 'body.revision',
    expected: String(expected),
    got: String(got),
    hint,
  });
}

const tooManyImages = refused(
  507,
  'images-full',
  { zh: '图片太多，存不下了', en: 'there is no room for another image' },
  {
    expected: `at most ${imagesMax} images, ${imagesMaxBytes / 1024 / 1024} MB in all`,
    hint: { zh: '换用小一些的图片，或少用几张', en: 'use smaller images, or fewer of them' },
  },
);
