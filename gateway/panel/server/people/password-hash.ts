/**
 * A password as it is kept: scrypt with its own salt and the cost it was made with, so that the cost can be raised later without
 * anybody losing a password. Computed in the thread pool: the panel's thread goes on meanwhile.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** As many random bytes as are asked for, from the system. */
export type Random = (bytes: number) => Buffer;

export interface HashCost {
  /** Table of 128 · n · r bytes. */
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/**
 * 32 MiB while it lasts. Measured on one core of the Xeon this was built on: 90 ms alone, 155 ms (median of 9) on a busy machine. A Pi 3 was
 * not measured; its core being five to eight times slower, expect 0.5 to 1.2 s: long for a program that guesses, short for a person.
 */
export const usualCost: HashCost = { n: 2 ** 15, r: 8, p: 1 };

/** Of a kept file: nothing in it makes us compute for minutes or take more memory than the box has, bytes. */
const tableMaxBytes = 128 * 1024 * 1024;
const roundsMax = 16;
const saltBytes = 16;
const hashBytes = 32;

const base64 = (bytes: number) => z.string().refine((text) => Buffer.from(text, 'base64').length === bytes);

export const keptPassword = z
  .strictObject({
    kind: z.literal('scrypt'),
    n: z.int().min(2),
    r: z.int().min(1),
    p: z.int().min(1).max(roundsMax),
    salt: base64(saltBytes),
    hash: base64(hashBytes),
  })
  .refine(({ n, r }) => (n & (n - 1)) === 0 && 128 * n * r <= tableMaxBytes, 'cost out of range');
export type KeptPassword = z.infer<typeof keptPassword>;

/** Two ways to type the same text are the same password: full-width digits of a Chinese keyboard, accents in one or two characters. */
export function plainForm(password: string): string {
  return password.normalize('NFKC');
}

export async function hashPassword(
  password: string,
  random: Random,
  cost: HashCost = usualCost,
): Promise<KeptPassword> {
  const salt = random(saltBytes);
  const hash = await derive(password, salt, cost);
  const { n, r, p } = cost;
  return { kind: 'scrypt', n, r, p, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

/** Takes as long whatever comes out. */
export async function isPassword(password: string, kept: KeptPassword): Promise<boolean> {
  const hash = await derive(password, Buffer.from(kept.salt, 'base64'), kept);
  return timingSafeEqual(hash, Buffer.from(kept.hash, 'base64'));
}

/** Of nobody: who asks for a user that does not exist waits as long as for one that does. */
export function passwordOfNobody(random: Random, { n, r, p }: HashCost = usualCost): KeptPassword {
  const noise = (bytes: number): string => random(bytes).toString('base64');
  return { kind: 'scrypt', n, r, p, salt: noise(saltBytes), hash: noise(hashBytes) };
}

function derive(password: string, salt: Buffer, { n, r, p }: HashCost): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 2 * tableMaxBytes };
  return new Promise((resolve, reject) => {
    scrypt(plainForm(password), salt, hashBytes, options, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}
