/** `tokens.json` of the panel: read-only tokens for programs. Only their hashes are kept: 32 random bytes need no slow hash. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { userName } from '../../api/session.js';
import { KeptFile } from './kept-file.js';
import type { Random } from './password-hash.js';

export const tokensMax = 32;
const tokenBytes = 32;
/** So that a token is known as one where it is found lying about. */
const prefix = 'gengfu_';
const tokenChars = prefix.length + Math.ceil((tokenBytes * 4) / 3);

export const keptToken = z.strictObject({
  name: userName,
  createdWall: z.number(),
  sha256: z.string().refine((text) => Buffer.from(text, 'base64').length === 32),
});
export type KeptToken = z.infer<typeof keptToken>;

const content = z.strictObject({ version: z.literal(1), tokens: z.array(keptToken).max(tokensMax) });
export type TokenFile = KeptFile<z.infer<typeof content>>;

export function tokenFile(dataDir: string): TokenFile {
  return new KeptFile(join(dataDir, 'panel', 'tokens.json'), content);
}

/** The token, shown once, and what is kept of it. */
export function newToken(name: string, createdWall: number, random: Random): { token: string; kept: KeptToken } {
  const token = `${prefix}${random(tokenBytes).toString('base64url')}`;
  return { token, kept: { name, createdWall, sha256: hashOf(token).toString('base64') } };
}

/** Whose token a header `authorization` carries; null: nobody's, or it carries none. */
export function tokenOf(authorization: string | null, tokens: readonly KeptToken[]): KeptToken | null {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  if (token?.length !== tokenChars) return null;
  const hash = hashOf(token);
  return tokens.find(({ sha256 }) => timingSafeEqual(hash, Buffer.from(sha256, 'base64'))) ?? null;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
