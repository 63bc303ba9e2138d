import { parseArgs } from 'node:util';
import { compressions } from './deb.mjs';
import { architectures, Refusal } from './places.mjs';

export const usage = `npm run package -- [--arch amd64|arm64|both] [--out out] [--version X] [--compress xz|zstd|none] [--key FILE]
npm run package -- sign [FOLDER] --key FILE
npm run package -- verify [FOLDER] [--key PUBLIC.pem]

--key, or GENGFU_SIGNING_KEY: an Ed25519 key in PEM (openssl genpkey -algorithm ed25519 -out gengfu-signing.pem); without one the sums are not signed.
GENGFU_BUILT=1: dist/ is fresh, it is not built again. GENGFU_PACKAGE_CACHE: where Node and compiled modules are kept.`;

const flags = {
  arch: { type: 'string', default: 'both' },
  out: { type: 'string', default: 'out' },
  version: { type: 'string' },
  compress: { type: 'string', default: 'xz' },
  key: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

export function parseOptions(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: flags, allowPositionals: true });
  } catch (cause) {
    throw new Refusal(`${cause.message}\n${usage}`);
  }
  const { values, positionals } = parsed;
  if (values.help) throw new Refusal(usage);
  if (positionals[0] === 'verify' && positionals.length <= 2) {
    return { verb: 'verify', folder: positionals[1] ?? values.out, key: values.key ?? null };
  }
  const key = values.key ?? process.env.GENGFU_SIGNING_KEY ?? null;
  if (positionals[0] === 'sign' && positionals.length <= 2 && key !== null) {
    return { verb: 'sign', folder: positionals[1] ?? values.out, key };
  }
  const arches = values.arch === 'both' ? Object.keys(architectures) : [values.arch];
  const isKnown = arches.every((arch) => Object.hasOwn(architectures, arch));
  const isVersion = values.version === undefined || /^\d[\w.~+]*$/.test(values.version);
  if (positionals.length > 0 || !isKnown || !isVersion || !Object.hasOwn(compressions, values.compress)) {
    throw new Refusal(`not understood\n${usage}`);
  }
  return { verb: 'build', arches, out: values.out, version: values.version ?? null, compress: values.compress, key };
}
