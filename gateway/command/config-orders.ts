/** What orders from outside may ask of the site file. Whoever keeps the staged files implements it. */
import type { Words } from '../../config/vocabulary.js';
import type { JsonValue } from '../../sync/journal/entry.js';
import type { Order } from '../../sync/messages/command.js';

export type ConfigAnswer =
  | { readonly ok: true; readonly detail: Readonly<Record<string, JsonValue>> }
  | { readonly ok: false; readonly reason: string; readonly words: Words };

/** One part of the site file that runs, gzip in base64. */
export interface ConfigPart {
  readonly sha256: string;
  readonly parts: number;
  readonly part: number;
  readonly gzip: string;
}

export interface ConfigOrders {
  fetch(part: number): ConfigPart;
  stage(order: Extract<Order, { order: 'config_stage' }>, origin: string): Promise<ConfigAnswer>;
  apply(sha256: string, origin: string): Promise<ConfigAnswer>;
  rollback(origin: string): Promise<ConfigAnswer>;
}
