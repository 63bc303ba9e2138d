/** Where things are, and the two architectures. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');
export const own = join(import.meta.dirname, '..');

/** What is slow to get and never changes: Node, compiled modules. Its entries are named by what they were made of. */
export const cache = process.env.GENGFU_PACKAGE_CACHE ?? join(homedir(), '.cache/gengfu-package');

/** `node`: what Node calls it. `tools`: the prefix of compiler and binutils where the machine that builds is another one. */
export const architectures = {
  amd64: { node: 'x64', tools: 'x86_64-linux-gnu-', compiler: 'g++-x86-64-linux-gnu' },
  arm64: { node: 'arm64', tools: 'aarch64-linux-gnu-', compiler: 'g++-aarch64-linux-gnu' },
};

export function toolOf(arch, name) {
  const { node, tools } = architectures[arch];
  return node === process.arch ? name : `${tools}${name}`;
}

/** Something that a person can mend: said without a stack. */
export class Refusal extends Error {}
