import { statSync } from 'node:fs';
/** Above this a full structure check at opening would eat the two seconds a start has (an SD card reads 20 MB/s). */
const quickCheckMaxBytes = 8 * 1024 * 1024;
/** True when the file is too large to be checked whole at opening: that is done afterwards. */
export function isLarge(path) {
    return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > quickCheckMaxBytes;
}
