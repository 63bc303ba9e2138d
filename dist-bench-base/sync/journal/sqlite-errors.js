import { quoteOutside } from '../../config/problem.js';
import { StoreError } from './store.js';
/** First match wins. SQLite's extended codes begin with the name of the plain one. */
const codeOfCause = [
    ['SQLITE_FULL', 'STORE-003'],
    ['ENOSPC', 'STORE-003'],
    ['EDQUOT', 'STORE-003'],
    ['SQLITE_CORRUPT', 'STORE-009'],
    ['SQLITE_NOTADB', 'STORE-009'],
    ['SQLITE_FORMAT', 'STORE-001'],
    ['SQLITE_CANTOPEN', 'STORE-004'],
    ['SQLITE_READONLY', 'STORE-004'],
    ['SQLITE_PERM', 'STORE-004'],
    ['SQLITE_BUSY', 'STORE-004'],
    ['SQLITE_LOCKED', 'STORE-004'],
    ['SQLITE_AUTH', 'STORE-004'],
    ['EACCES', 'STORE-004'],
    ['EPERM', 'STORE-004'],
    ['EROFS', 'STORE-004'],
    ['ENOENT', 'STORE-004'],
    ['ENOTDIR', 'STORE-004'],
    ['EISDIR', 'STORE-004'],
];
/** Whatever SQLite or the file system threw, as one of our codes; what is not known by name is STORE-005 (the disk failed). */
export function toStoreError(cause) {
    if (cause instanceof StoreError)
        return cause;
    // A row whose JSON is none any more: its page is what was written, but not what it says.
    if (cause instanceof SyntaxError)
        return new StoreError('STORE-009', quoteOutside(cause.message), cause);
    const name = codeOf(cause);
    const message = cause instanceof Error ? cause.message : String(cause);
    // better-sqlite3 checks the folder itself and throws a TypeError without a code.
    const isFolderMissing = cause instanceof TypeError && message.includes('directory does not exist');
    const known = codeOfCause.find(([prefix]) => name.startsWith(prefix));
    const code = isFolderMissing ? 'STORE-004' : (known?.[1] ?? 'STORE-005');
    return new StoreError(code, quoteOutside(name === '' ? message : name), cause);
}
/** The `code` of a SQLite or system error, or an empty text. */
export function codeOf(cause) {
    if (!(cause instanceof Error) || !('code' in cause))
        return '';
    return typeof cause.code === 'string' ? cause.code : '';
}
