import path from 'node:path';
/** Paths in a site file count from the directory of the file. */
export function beside(file, name) {
    return path.resolve(path.dirname(file), name);
}
