/** Answers that are written as they are found: searches and exports. The reader's pace is ours, and its going away ends the work. */
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Cancel, Clock } from '../../../drivers/clock.js';

/** A search may look long for the next match, and a slow phone may read slowly. */
const idleMs = 600_000;
/** Node 24 sometimes says that there is no room, writes all of it, and never says that there is room again: looked at so often, ms. */
const roomLookMs = 50;

/** Resolves when it is over, whatever way; false: nothing was sent yet and another answer can be given. */
export async function sendText(
  clock: Clock,
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
    await room(clock, response, gone.signal);
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

function room(clock: Clock, response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let cancel: Cancel = () => undefined;
    const look = (): void => {
      if (response.writableLength === 0) done();
      else cancel = clock.after(roomLookMs, look);
    };
    const done = (): void => {
      cancel();
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    cancel = clock.after(roomLookMs, look);
    response.on('drain', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
