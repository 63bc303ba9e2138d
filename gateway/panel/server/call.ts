/** A request whose level was asked and whose parts are validated, and what it is answered: plain values, no web framework. */
import type { ServerResponse } from 'node:http';
import type { Caller, Who } from './people-gate.js';
import type { Refusal } from './refusal.js';

export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  readonly caller: Caller;
  readonly who: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** `Content-Type`, `Last-Event-ID` and `If-None-Match` as they came; null: there was none. */
  readonly contentType: string | null;
  readonly lastEventId: string | null;
  readonly ifNoneMatch: string | null;
}

export type Answer =
  | { readonly kind: 'json'; readonly value: unknown; readonly cookies?: readonly string[] }
  | {
      readonly kind: 'bytes';
      readonly type: string;
      readonly bytes: string | Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** What the browser has is still right. */
  | { readonly kind: 'same'; readonly headers: Readonly<Record<string, string>> }
  /** Written as it is found; see text-stream.ts. */
  | {
      readonly kind: 'text';
      readonly type: string;
      readonly fileName: string | null;
      readonly headers?: Readonly<Record<string, string>>;
      write(send: (text: string) => Promise<void>, signal: AbortSignal): Promise<void>;
    }
  /** Takes the response over. */
  | { readonly kind: 'live'; take(response: ServerResponse, headers: Readonly<Record<string, string>>): void }
  | Refusal;

export function json(value: unknown): Answer {
  return { kind: 'json', value };
}
