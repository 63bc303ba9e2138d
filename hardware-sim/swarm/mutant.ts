/** Runs one seed of the tree that it was built in through the rehearsal, and prints what the judges say. */
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { rehearsal } from './rehearsal.js';
import { runSeed } from './run-seed.js';

const [seed = '1', hours = '1', isQuiet = ''] = process.argv.slice(2);
const plan = isQuiet === 'quiet' ? () => [] : rehearsal;
const result = await runSeed({ seed: Number(seed), hours: Number(hours), codecs: await loadCodecs(), plan });
process.stdout.write(JSON.stringify(result));
