/** `npm run package:prove`: what the package promises, shown on a fresh Debian and on an emulated arm64. Root; see README.md beside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from './build/places.mjs';
import { allProofs } from './prove/all-proofs.mjs';

const usage = 'npm run package:prove -- [--json] [--slow N] [--skip-arm64] [--out FOLDER] [--keep]';
const flags = {
  json: { type: 'boolean', default: false },
  /** How many times slower than usual the emulated gateway is taken to be. */
  slow: { type: 'string', default: '10' },
  'skip-arm64': { type: 'boolean', default: false },
  /** Packages that are built already: nothing is built, and the first proof is left out. */
  out: { type: 'string' },
  /** The folder stays, to be looked at, and the Debian in it. */
  keep: { type: 'boolean', default: false },
};

/** One line for each promise; the first that does not hold ends it. Exit status: 0 all held, 1 one did not, 2 it can not be tried here. */
async function main() {
  const { values } = parseArgs({ options: flags });
  if (process.getuid() !== 0) throw new Refusal(`as root only: it makes a system in a folder\n${usage}`);
  const work = mkdtempSync(join(tmpdir(), 'gengfu-prove-'));
  const say = (proof) => {
    const { what, held, seconds, detail } = proof;
    const line = `${held ? '✓' : '✗'} ${what} (${seconds} s)${detail === '' ? '' : `: ${detail}`}`;
    process.stdout.write(`${values.json ? JSON.stringify(proof) : line}\n`);
  };
  const began = performance.now();
  const { proofs, close } = allProofs({ work, slowness: values.slow, hasArm64: !values['skip-arm64'], built: values.out ?? null, isKept: values.keep });
  const cleanUp = async () => {
    await close();
    if (!values.keep) rmSync(work, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  try {
    for (const [what, prove] of proofs) {
      const since = performance.now();
      const secondsOf = () => Math.round((performance.now() - since) / 100) / 10;
      try {
        const told = (await prove()) ?? '';
        const own = typeof told === 'string' ? { detail: told, seconds: secondsOf() } : told;
        say({ what, held: true, ...own });
      } catch (cause) {
        say({ what, held: false, seconds: secondsOf(), detail: cause instanceof Error ? cause.message : String(cause) });
        if (!(cause instanceof Refusal) && cause instanceof Error && process.env.GENGFU_TRACE === '1') process.stderr.write(`${cause.stack}\n`);
        return cause instanceof Refusal ? 2 : 1;
      }
    }
  } finally {
    await cleanUp();
  }
  const all = { what: 'all of it', held: true, seconds: Math.round((performance.now() - began) / 1000), detail: '' };
  say(all);
  return 0;
}

main().then(
  (status) => process.exit(status),
  (cause) => {
    process.stderr.write(`${cause instanceof Refusal ? cause.message : cause.stack}\n`);
    process.exit(2);
  },
);
