/** All dialects there are. A codec is found by existing: a file in `codecs/` that exports `codec`, nothing to register. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
/** The codecs that come with the program: `codecs/` beside this module. */
export const ownCodecsDir = path.join(import.meta.dirname, 'codecs');
/** `.js` in the built program, `.ts` where the sources run as they are. */
const ownEnding = path.extname(import.meta.filename);
/** Codecs by name. Rejects when a file there is no codec: that is a mistake of the program, not of a site. */
export async function loadCodecs(directory = ownCodecsDir) {
    const codecs = new Map();
    const files = (await readdir(directory)).filter((file) => file.endsWith(ownEnding) && !file.endsWith('.d.ts'));
    for (const file of files.sort()) {
        const name = path.basename(file, ownEnding);
        const module = await import(pathToFileURL(path.join(directory, file)).href);
        const codec = codecOf(module);
        if (codec?.name !== name)
            throw new Error(`${file} exports no codec of the name ${name}`);
        codecs.set(name, codec);
    }
    return codecs;
}
function codecOf(module) {
    if (typeof module !== 'object' || module === null || !('codec' in module))
        return null;
    const { codec } = module;
    if (typeof codec !== 'object' || codec === null || !('name' in codec) || !('create' in codec))
        return null;
    return typeof codec.name === 'string' && typeof codec.create === 'function' ? codec : null;
}
