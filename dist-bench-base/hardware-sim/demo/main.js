#!/usr/bin/env node
/** `npm start`: a person with keys, or a scenario without one. */
import { nativeProblem } from '../../gateway/cli/native-guard.js';
const problem = nativeProblem();
if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    process.exit(2);
}
const { runDemo } = await import('./demo.js');
process.exit(await runDemo(process.argv));
