import { parseArgs } from 'node:util';
import { architectures, Refusal } from './places.mjs';

export const usage = `npm run package -- [--arch amd64|arm64|both] [--out out] [--version X] [--compress xz|gzip|none] [--key FILE]
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
  const arches = values.arch === 'both' ? Object.keys(architectures) : [values.arch];
  const isKnown = arches.every((arch) => Object.hasOwn(architectures, arch));
  const isVersion = values.version === undefined || /^\d[\w.~+]*$/.test(values.version);
  if (positionals.length > 0 || !isKnown || !isVersion || !['xz', 'gzip', 'none'].includes(values.compress)) {
    throw new Refusal(`not understood\n${usage}`);
  }
  const key = values.key ?? process.env.GENGFU_SIGNING_KEY ?? null;
  return { verb: 'build', arches, out: values.out, version: values.version ?? null, compress: values.compress, key };
}
