#!/usr/bin/env node
/** The command `gengfu`. Native modules are only loaded behind the guard. */
import { nativeProblem } from './native-guard.js';
const problem = nativeProblem();
if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    process.exit(2);
}
const { runCli } = await import('./cli.js');
await runCli(process.argv);
