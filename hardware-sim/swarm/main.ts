/** `npm run swarm`: villages on a clock that we turn by hand. */
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { runSeed } from './run-seed.js';

const [seed = '1', hours = '1'] = process.argv.slice(2);
const result = await runSeed({ seed: Number(seed), hours: Number(hours), codecs: await loadCodecs() });
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
