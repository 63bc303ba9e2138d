/** Answers that are written as they are found: searches and exports. The reader's pace is ours, and its going away ends the work. */
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** A search may look long for the next match, and a slow phone may read slowly. */
const idleMs = 600_000;

/** Resolves when it is over, whatever way; false: nothing was sent yet and another answer can be given. */
export async function sendText(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  write: (send: (text: string) => Promise<void>, signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.on('error', () => gone.abort());
  // Without a network there is no socket that could be late.
  if (response.socket instanceof Socket) response.socket.setTimeout(idleMs);
  const begin = (): void => {
    if (!response.headersSent && !gone.signal.aborted) response.writeHead(200, headers);
  };
  const send = async (text: string): Promise<void> => {
    begin();
    if (gone.signal.aborted || response.write(text)) return;
    await room(response, gone.signal);
  };
  try {
    await write(send, gone.signal);
  } catch {
    if (!response.headersSent) return false;
    // Cut in the middle, so that nobody takes half of it for all.
    response.destroy();
    return true;
  }
  begin();
  response.end();
  return true;
}

function room(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    response.on('drain', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
