/**
 * The certificate that a box makes for itself: X.509 v3 (RFC 5280), ECDSA P-256 with SHA-256, signed with its own key, for its own names and
 * addresses. It is for a server and can sign no other certificate: whoever steals the box and its key can not stand in for anybody else
 * at a phone that trusts it.
 */
import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectId,
  octetString,
  sequence,
  set,
  time,
  utf8,
} from './der.js';
import type { Random } from './password-hash.js';

const yearsGood = 10;
const yearMs = 365.25 * 86_400_000;
/** 2026-01-01: before any box with this software. A clock that is behind, here or at a phone, is no reason to refuse it. */
const beginsWall = 1_767_225_600_000;
/** In one certificate; more names than that are no box of a village. */
const namesMax = 32;
const commonNameMaxChars = 60;

const id = {
  ecdsaWithSha256: objectId('1.2.840.10045.4.3.2'),
  commonName: objectId('2.5.4.3'),
  subjectKey: objectId('2.5.29.14'),
  keyUsage: objectId('2.5.29.15'),
  alternativeNames: objectId('2.5.29.17'),
  basicConstraints: objectId('2.5.29.19'),
  extendedKeyUsage: objectId('2.5.29.37'),
  serverAuthentication: objectId('1.3.6.1.5.5.7.3.1'),
};

export interface MadeCertificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

/** `names`: host names and IP addresses of the box; what is neither is left out. */
export function makeCertificate(names: readonly string[], wall: number, random: Random): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const name = nameOf(names[0] ?? 'gengfu');
  const algorithm = sequence(id.ecdsaWithSha256);
  const signed = sequence(
    explicit(0, integer(Buffer.from([2]))),
    // 63 bits and the top one set: never negative, never shorter (RFC 5280 4.1.2.2: at most 20 bytes).
    integer(Buffer.concat([Buffer.from([0x40 | ((random(1)[0] ?? 0) & 0x3f)]), random(15)])),
    algorithm,
    name,
    sequence(time(beginsWall), time(Math.max(wall, beginsWall) + yearsGood * yearMs)),
    name,
    spki,
    explicit(3, extensions(names, spki)),
  );
  const signature = sign('sha256', signed, { key: privateKey, dsaEncoding: 'der' });
  const der = sequence(signed, algorithm, bitString(signature));
  return {
    cert: new X509Certificate(der).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function extensions(names: readonly string[], spki: Buffer): Buffer {
  const digitalSignature = bitString(Buffer.from([0x80]), 7);
  return sequence(
    sequence(id.basicConstraints, boolean(true), octetString(sequence())),
    sequence(id.keyUsage, boolean(true), octetString(digitalSignature)),
    sequence(id.extendedKeyUsage, octetString(sequence(id.serverAuthentication))),
    sequence(id.subjectKey, octetString(octetString(createHash('sha1').update(spki).digest()))),
    sequence(id.alternativeNames, octetString(sequence(...alternatives(names)))),
  );
}

function nameOf(host: string): Buffer {
  return sequence(set(sequence(id.commonName, utf8(`更夫 Gengfu ${host}`.slice(0, commonNameMaxChars)))));
}

function alternatives(names: readonly string[]): readonly Buffer[] {
  return [...new Set(names)].slice(0, namesMax).flatMap((name) => {
    const bytes = addressBytes(name);
    if (bytes !== null) return [implicit(7, bytes)];
    return isHostName(name) ? [implicit(2, Buffer.from(name, 'ascii'))] : [];
  });
}

function isHostName(name: string): boolean {
  return /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))*$/i.test(name);
}

/** 4 or 16 bytes; null: no address, or one that counts on one wire only (`fe80::1%eth0`). */
export function addressBytes(text: string): Buffer | null {
  const kind = text.includes('%') ? 0 : isIP(text);
  if (kind === 4) return Buffer.from(text.split('.').map(Number));
  if (kind === 0 || text.includes('.')) return null;
  const [head = '', tail] = text.split('::');
  const words = (part: string): readonly number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const gap = tail === undefined ? 0 : 8 - words(head).length - words(tail).length;
  const all = [...words(head), ...Array.from({ length: gap }, () => 0), ...words(tail ?? '')];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}
