/** The lines of a file that another process writes, as they come; also before the file is there. */
import { open } from 'node:fs/promises';
import { type Clock, pause } from '../../drivers/clock.js';

const lookEveryMs = 30;
const chunkBytes = 65_536;

/** Returns what ends it. */
export function tailFile(path: string, clock: Clock, onLine: (line: string) => void): () => void {
  let isEnded = false;
  let at = 0;
  let rest = '';
  const decoder = new TextDecoder();
  const look = async (): Promise<void> => {
    const file = await open(path, 'r').catch(() => null);
    if (file === null) return;
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(new Uint8Array(chunkBytes), 0, chunkBytes, at);
        if (bytesRead === 0) return;
        at += bytesRead;
        const lines = (rest + decoder.decode(buffer.subarray(0, bytesRead), { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      }
    } finally {
      await file.close();
    }
  };
  const follow = async (): Promise<void> => {
    while (!isEnded) {
      await look();
      await pause(clock, lookEveryMs);
    }
  };
  void follow();
  return () => {
    isEnded = true;
  };
}
