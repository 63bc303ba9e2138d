/** `npm run profiles`: every device profile that the program finds, as a table or, with `--json`, for machines. */
import { parseArgs } from 'node:util';
import { describeProblem } from './problem.js';
import { loadProfileLibrary, ownProfilesDir } from './profile-library.js';
import { profileTable, summaryOf } from './profile-table.js';
const usage = `用法：npm run profiles -- [--json] [--dir 目录]
usage: npm run profiles -- [--json] [--dir DIRECTORY]
`;
/** Null: what was written can not be understood. */
function wishOf(args) {
    try {
        const { values } = parseArgs({
            args: [...args],
            options: { json: { type: 'boolean' }, dir: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
        });
        return values.help === true ? 'help' : { json: values.json === true, dir: values.dir ?? ownProfilesDir };
    }
    catch {
        return null;
    }
}
async function print({ json, dir }) {
    const { profiles, problems } = await loadProfileLibrary(dir);
    const summaries = [...profiles.values()].map(summaryOf);
    // First, so that nobody takes an empty or short list for the whole one.
    for (const problem of problems) {
        process.stderr.write(`${describeProblem(problem, 'zh')}\n${describeProblem(problem, 'en')}\n`);
    }
    const isUnread = problems.length > 0 && summaries.length === 0;
    if (json)
        process.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
    else if (!isUnread)
        process.stdout.write(profileTable(summaries));
    return problems.length === 0 ? 0 : 1;
}
const wish = wishOf(process.argv.slice(2));
if (wish === null)
    process.stderr.write(usage);
else if (wish === 'help')
    process.stdout.write(usage);
process.exitCode = wish === null ? 2 : wish === 'help' ? 0 : await print(wish);
