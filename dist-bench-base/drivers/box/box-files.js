/** Small files and folders of the system as one box shows them. Replaced in tests. */
import { readdir, readFile, statfs } from 'node:fs/promises';
export const systemFiles = {
    async read(path) {
        return (await readFile(path, 'utf8')).trim();
    },
    async list(path) {
        return await readdir(path).catch(() => []);
    },
    async space(path) {
        const { blocks, bfree, bavail } = await statfs(path);
        return { blocks, free: bfree, available: bavail };
    },
    resident: () => process.memoryUsage.rss(),
};
