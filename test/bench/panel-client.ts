/** What a browser at the box asks of the panel, and nothing of a browser: event streams, and one page of history. */
import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage, request } from 'node:http';

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

/** Reads the newest page as the history screen does. Returns how many entries it has. */
export async function readHistory(port: number): Promise<number> {
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
  if (answer.statusCode !== 200) throw new Error(`the page was answered ${answer.statusCode}: ${text}`);
  return (JSON.parse(text) as { readonly entries: readonly unknown[] }).entries.length;
}
