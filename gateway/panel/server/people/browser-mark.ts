/**
 * What protects a browser that nobody has signed in at: a random cookie, and a word that only a page of ours can read. Another page that
 * is open in the same browser can send the cookie along but not the word, neither to silence a siren at the own screen nor to sign its reader in
 * under a foreign name. Nothing is remembered: the word is computed of the cookie.
 */
import { createHmac } from 'node:crypto';
import type { Random } from './password-hash.js';

const markBytes = 32;
const markForm = /^[\w-]{43}$/;

export class BrowserMarks {
  /** Of this start of the panel: words of an earlier one count no more, and the page asks for its own again. */
  readonly #secret: Buffer;

  constructor(private readonly random: Random) {
    this.#secret = random(markBytes);
  }

  isMark(cookie: string | null): cookie is string {
    return cookie !== null && markForm.test(cookie);
  }

  newMark(): string {
    return this.random(markBytes).toString('base64url');
  }

  /** The word of a browser; of one without a mark one that nobody can know. */
  wordOf(cookie: string | null): string {
    const mark = this.isMark(cookie) ? cookie : this.newMark();
    return createHmac('sha256', this.#secret).update(mark).digest('base64url');
  }
}
