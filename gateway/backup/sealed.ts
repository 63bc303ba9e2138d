/**
 * Bytes under a pass phrase: scrypt makes the key, AES-256-GCM hides and proves them (NIST SP 800-38D; RFC 7914). The head is not hidden, but
 * proven with the rest. On disk: a line that names the kind, the head as one line of JSON, then what is hidden with its 16 bytes of proof.
 */
import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { z } from 'zod';

const kind = 'gengfu-backup 1\n';
/** Head and hidden part of a backup together; a village with a plan and photos has some MB. */
export const sealedMaxBytes = 128 * 1024 * 1024;
const headMaxBytes = 16 * 1024;
const keyBytes = 32;
const saltBytes = 16;
const nonceBytes = 12;
const proofBytes = 16;
/** 64 MiB while it lasts, on the box as well; whoever guesses needs them for each guess. */
const usualCost = { n: 2 ** 16, r: 8, p: 1 } as const;
/** A file from outside does not make us compute for minutes or take more memory than a box has, bytes. */
const tableMaxBytes = 256 * 1024 * 1024;

/** What anybody who has the file may read: whose backup it is, and of when. */
export const backupHead = z.strictObject({
  district: z.string().max(64),
  site: z.string().max(64),
  name: z.strictObject({ zh: z.string().max(200), en: z.string().max(200) }),
  /** RFC 3339, UTC. */
  madeAt: z.string().max(40),
  /** Of the program that made it. */
  version: z.string().max(40),
});
export type BackupHead = z.infer<typeof backupHead>;

const base64Of = (bytes: number) => z.string().refine((text) => Buffer.from(text, 'base64').length === bytes);
const cost = z
  .strictObject({ n: z.int().min(2), r: z.int().min(1), p: z.int().min(1).max(4) })
  .refine(({ n, r }) => (n & (n - 1)) === 0 && 128 * n * r <= tableMaxBytes);
const sealedHead = z.strictObject({
  ...backupHead.shape,
  scrypt: cost,
  salt: base64Of(saltBytes),
  nonce: base64Of(nonceBytes),
});

export interface Scrypt {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

export type Opened =
  | { readonly is: 'open'; readonly head: BackupHead; readonly content: Buffer }
  /** No backup of ours, or of a program that is newer. */
  | { readonly is: 'foreign' }
  /** Another pass phrase, or a file that was changed or cut: nobody can tell which. */
  | { readonly is: 'closed'; readonly head: BackupHead };

/** @param random as many bytes as asked for, from the system's source. */
export async function seal(
  head: BackupHead,
  content: Uint8Array,
  passPhrase: string,
  random: (bytes: number) => Buffer,
  how: Scrypt = usualCost,
): Promise<Buffer> {
  const [salt, nonce] = [random(saltBytes), random(nonceBytes)];
  const told = { ...head, scrypt: how, salt: salt.toString('base64'), nonce: nonce.toString('base64') };
  const front = Buffer.from(`${kind}${JSON.stringify(told)}\n`);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passPhrase, salt, how), nonce);
  cipher.setAAD(front);
  return Buffer.concat([front, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** Never rejects for what stands in the bytes. */
export async function open(bytes: Buffer, passPhrase: string): Promise<Opened> {
  const front = frontOf(bytes);
  if (front === null) return { is: 'foreign' };
  const { scrypt: how, salt, nonce, ...head } = front.head;
  const [hidden, proof] = [bytes.subarray(front.length, -proofBytes), bytes.subarray(-proofBytes)];
  const key = await keyOf(passPhrase, Buffer.from(salt, 'base64'), how);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
  decipher.setAAD(bytes.subarray(0, front.length));
  decipher.setAuthTag(proof);
  try {
    return { is: 'open', head, content: Buffer.concat([decipher.update(hidden), decipher.final()]) };
  } catch {
    return { is: 'closed', head };
  }
}

function frontOf(bytes: Buffer) {
  const from = Buffer.byteLength(kind);
  if (bytes.subarray(0, from).toString('latin1') !== kind) return null;
  const end = bytes.subarray(0, from + headMaxBytes).indexOf('\n', from);
  if (end < 0 || bytes.length < end + 1 + proofBytes) return null;
  try {
    return { head: sealedHead.parse(JSON.parse(bytes.subarray(from, end).toString('utf8'))), length: end + 1 };
  } catch {
    return null;
  }
}

/** Typed on another keyboard it is the same pass phrase. */
function keyOf(passPhrase: string, salt: Buffer, { n, r, p }: Scrypt): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 2 * tableMaxBytes };
  return new Promise((resolve, reject) => {
    scrypt(passPhrase.normalize('NFKC'), salt, keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
