import { readFile } from 'node:fs/promises';
import type { UplinkId } from '../../config/ids.js';
import type { Clock } from '../../drivers/clock.js';
import { UplinkError } from '../uplink.js';

/** For all files of one uplink together. */
const readMaxMs = 2_000;

/** Absolute paths; null or left out: it has none. */
export interface SecretFiles {
  readonly id: UplinkId;
  readonly passwordFile: string | null;
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly tokenFile?: string | null;
}

export interface UplinkSecrets {
  readonly password: string | null;
  readonly ca: Uint8Array | null;
  readonly cert: Uint8Array | null;
  readonly key: Uint8Array | null;
  readonly token: string | null;
}

export type ReadSecretFile = (file: string) => Promise<Uint8Array>;

/**
 * Reads the password and certificate files for every connection, so that a renewed certificate needs no restart.
 *
 * A file on a disk that hangs keeps one of the few threads that Node has for files, and opening a serial line needs one
 * of them too. So the files are read one after the other, and nothing is read while an earlier read has not come back.
 */
export class SecretReader {
  /** A read whose outcome nobody has had yet. */
  #unread: Promise<UplinkSecrets> | null = null;

  constructor(
    private readonly config: SecretFiles,
    private readonly clock: Clock,
    private readonly readOne: ReadSecretFile = readFile,
  ) {}

  /** Rejects with UPLINK-007, after 2 s at the latest; a read that takes longer answers the next call. */
  read(): Promise<UplinkSecrets> {
    this.#unread ??= this.#readAll();
    const reading = this.#unread;
    return new Promise((resolve, reject) => {
      let isWaiting = true;
      const settle = (answer: () => void): void => {
        if (!isWaiting) return;
        isWaiting = false;
        cancel();
        answer();
      };
      const hand = (answer: () => void): void =>
        settle(() => {
          this.#unread = null;
          answer();
        });
      const cancel = this.clock.after(readMaxMs, () =>
        settle(() => reject(this.#error(`no answer for ${readMaxMs / 1_000} s`))),
      );
      reading.then(
        (secrets) => hand(() => resolve(secrets)),
        (error: unknown) => hand(() => reject(error)),
      );
    });
  }

  async #readAll(): Promise<UplinkSecrets> {
    const { passwordFile, caFile, certFile, keyFile, tokenFile = null } = this.config;
    const password = await this.#readIfNamed(passwordFile);
    const ca = await this.#readIfNamed(caFile);
    const cert = await this.#readIfNamed(certFile);
    const key = await this.#readIfNamed(keyFile);
    const token = await this.#readIfNamed(tokenFile);
    return { password: oneLine(password), ca, cert, key, token: oneLine(token) };
  }

  async #readIfNamed(file: string | null): Promise<Uint8Array | null> {
    if (file === null) return null;
    try {
      return await this.readOne(file);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? ` ${String(cause.code)}` : '';
      throw this.#error(`${file}${code}`, cause);
    }
  }

  #error(got: string, cause?: unknown): UplinkError {
    return new UplinkError('UPLINK-007', `uplink ${this.config.id}`, got, cause);
  }
}

/** Editors end a file with a newline that is no part of the password. */
function oneLine(bytes: Uint8Array | null): string | null {
  return bytes === null
    ? null
    : Buffer.from(bytes)
        .toString('utf8')
        .replace(/\r?\n$/, '');
}
