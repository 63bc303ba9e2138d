/** SHA256SUMS of a folder, signed with Ed25519, and how both are checked. No key is ever made or kept here. */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './places.mjs';

const list = 'SHA256SUMS';
const signature = 'SHA256SUMS.sig';
const signatureBytes = 64;

/** `keyFile`: a private key in PEM; null: unsigned. */
export function writeSums(folder, keyFile) {
  const files = readdirSync(folder).filter((name) => name !== list && name !== signature && statSync(join(folder, name)).isFile());
  const text = files.sort().map((name) => `${sumOf(join(folder, name))}  ${name}\n`).join('');
  writeFileSync(join(folder, list), text);
  rmSync(join(folder, signature), { force: true });
  if (keyFile === null) return false;
  writeFileSync(join(folder, signature), sign(null, Buffer.from(text), ed25519(createPrivateKey, keyFile)));
  return true;
}

/** Everything that is wrong, in words; nothing: all is as it was signed. `keyFile`: the public key, PEM; null: sums only. */
export function problemsIn(folder, keyFile) {
  if (!existsSync(join(folder, list))) return [`${folder} has no ${list}`];
  const text = readFileSync(join(folder, list));
  const problems = [];
  if (keyFile !== null) {
    const file = join(folder, signature);
    if (!existsSync(file)) problems.push(`${signature} is missing: the list is not signed`);
    else {
      const bytes = readFileSync(file);
      if (bytes.length !== signatureBytes || !verify(null, text, ed25519(createPublicKey, keyFile), bytes)) {
        problems.push(`${list} is not what was signed with this key`);
      }
    }
  }
  const lines = text.toString().split('\n').filter((line) => line !== '');
  if (lines.length === 0) problems.push(`${list} is empty`);
  for (const line of lines) {
    const [, sum, name] = /^([0-9a-f]{64}) [ *]([\w.~+-]+)$/.exec(line) ?? [];
    if (name === undefined) problems.push(`${list}: a line that is none: ${line.slice(0, 60)}`);
    else if (!existsSync(join(folder, name))) problems.push(`${name} is missing`);
    else if (sumOf(join(folder, name)) !== sum) problems.push(`${name} is not what the list says`);
  }
  return problems;
}

function sumOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function ed25519(read, file) {
  if (!existsSync(file)) throw new Refusal(`no key file ${file}`);
  try {
    const key = read(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new Refusal(`${file} is no key in PEM without a pass phrase (${cause instanceof Error ? cause.message : cause})`);
  }
  throw new Refusal(`the key in ${file} is not Ed25519; make one with: openssl genpkey -algorithm ed25519`);
}
