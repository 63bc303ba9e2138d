/** `npm run schema -- site|profile` prints a JSON Schema; `npm run schema -- --write DIR` writes both into a directory. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { jsonSchemas, jsonSchemaText } from './json-schemas.js';
const usage = '用法 usage: npm run schema -- site | profile | --write DIR';
/** Exit code: 0 done, 2 asked for something that is not there. */
async function main(args) {
    const asked = readArgs(args);
    if (asked === null) {
        console.error(usage);
        return 2;
    }
    if ('name' in asked) {
        process.stdout.write(jsonSchemaText(asked.name));
        return 0;
    }
    await mkdir(asked.directory, { recursive: true });
    for (const name of Object.keys(jsonSchemas).filter(isName)) {
        const file = path.join(asked.directory, jsonSchemas[name].file);
        await writeFile(file, jsonSchemaText(name));
        console.log(file);
    }
    return 0;
}
function readArgs(args) {
    try {
        const { values, positionals } = parseArgs({
            args: [...args],
            options: { write: { type: 'string' } },
            allowPositionals: true,
        });
        const [name, ...more] = positionals;
        if (values.write !== undefined)
            return name === undefined ? { directory: values.write } : null;
        return name !== undefined && more.length === 0 && isName(name) ? { name } : null;
    }
    catch {
        return null;
    }
}
function isName(text) {
    return Object.hasOwn(jsonSchemas, text);
}
process.exitCode = await main(process.argv.slice(2));
