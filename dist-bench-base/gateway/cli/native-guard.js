/** Looked at before any native module is loaded: the wrong one does not throw, it kills the process without a word. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const oldestNode = [20, 19];
/** Node-API level that better-sqlite3 from 13 on is built for; on less it crashes at load (measured on Node 20). */
const sqlite13Napi = 10;
/** Why this Node can not run Gengfu, in both languages; null when it can. */
export function nativeProblem(versions = process.versions, sqliteVersion = installedSqlite()) {
    const [major = 0, minor = 0] = versions.node.split('.').map(Number);
    if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
        const needed = oldestNode.join('.');
        return `需要 Node ${needed} 以上，现为 ${versions.node}。\nNode ${needed} or later is needed, this is ${versions.node}.`;
    }
    const napi = Number(versions['napi'] ?? 0);
    if (Number(sqliteVersion?.split('.')[0] ?? 0) >= 13 && napi < sqlite13Napi) {
        return (`better-sqlite3 ${sqliteVersion} 不能在 Node ${versions.node} 上运行，请安装 12.x 或改用 Node 22.14 以上。\n` +
            `better-sqlite3 ${sqliteVersion} can not run on Node ${versions.node}; install 12.x, or use Node 22.14 or later.`);
    }
    return null;
}
function installedSqlite() {
    try {
        const path = createRequire(import.meta.url).resolve('better-sqlite3/package.json');
        return String(JSON.parse(readFileSync(path, 'utf8')).version);
    }
    catch {
        // Not installed: loading it says so in words of its own.
        return null;
    }
}
