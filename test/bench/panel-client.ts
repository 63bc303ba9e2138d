/** What a browser at the box asks of the panel, and nothing of a browser: event streams, and one page of history. */
import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Streams that are read and forgotten; the answer ends them. */
export async function openStreams(port: number, count: number): Promise<() => void> {
  const open = await Promise.all(Array.from({ length: count }, () => openStream(port)));
  return () => {
    for (const each of open) each.destroy();
  };
}

async function openStream(port: number): Promise<ClientRequest> {
  const asked = get({ host: '127.0.0.1', port, path: '/api/v1/live' });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`the stream was answered ${answer.statusCode}`);
  asked.on('error', () => undefined);
  answer.on('error', () => undefined).resume();
  return asked;
}

const tries = 10;
const betweenMs = 2_000;

/** Reads the newest page as the history screen does; a reader that is late on a busy computer is asked again. */
export async function readHistory(port: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { status, text } = await askHistory(port);
    if (status === 200) return;
    if (attempt === tries) throw new Error(`the page was answered ${status}: ${text}`);
    await sleep(betweenMs);
  }
}

async function askHistory(port: number): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const me = await fetch(`http://127.0.0.1:${port}/api/v1/me`);
  const { csrf } = (await me.json()) as { readonly csrf: string };
  const cookie = me.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
  const body = JSON.stringify({ filter: {} });
  const asked = request({
    ...{ host: '127.0.0.1', port, path: '/api/v1/history', method: 'POST' },
    headers: { 'content-type': 'application/json', 'x-gengfu-csrf': csrf, cookie: cookie.join('; ') },
  });
  asked.end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode, text };
}
