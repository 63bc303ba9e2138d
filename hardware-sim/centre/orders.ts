/**
 * What the centre may order, after gateway/command/district/README.md. All fifteen can be sent; whoever orders `config_…` brings
 * the file.
 */
import type { JsonObject } from './read-json.js';

export type CentreOrder =
  | { readonly order: 'silence'; readonly upTo: string; readonly zones?: readonly string[] }
  | {
      readonly order: 'reset_request';
      readonly upTo: string;
      readonly zones?: readonly string[];
      readonly words?: string;
    }
  | { readonly order: 'siren_test' | 'speaker_test'; readonly zones?: readonly string[] }
  | {
      readonly order: 'broadcast';
      readonly text?: string;
      readonly message?: string;
      readonly zones?: readonly string[];
      readonly repeat?: number;
    }
  | { readonly order: 'broadcast_stop' | 'config_rollback' }
  | { readonly order: 'duty_check'; readonly withinS?: number }
  | { readonly order: 'read_points'; readonly points?: readonly string[]; readonly zones?: readonly string[] }
  | { readonly order: 'shelve'; readonly subjects: readonly string[]; readonly forS: number }
  | { readonly order: 'unshelve'; readonly subjects: readonly string[] }
  | { readonly order: 'time'; readonly now: string }
  | { readonly order: 'config_fetch'; readonly part?: number }
  | {
      readonly order: 'config_stage';
      readonly sha256: string;
      readonly part: number;
      readonly parts: number;
      readonly gzip: string;
    }
  | { readonly order: 'config_apply'; readonly sha256: string };

export type OrderName = CentreOrder['order'];

export const orderNames = [
  ...['silence', 'reset_request', 'siren_test', 'speaker_test', 'broadcast', 'broadcast_stop', 'duty_check'],
  ...['read_points', 'shelve', 'unshelve', 'time', 'config_fetch', 'config_stage', 'config_apply', 'config_rollback'],
] as const satisfies readonly string[];

/** The text that is signed. */
export function commandText(options: {
  readonly id: string;
  readonly district: string;
  readonly site: string;
  readonly issued: string;
  readonly expires: string;
  readonly what: CentreOrder | JsonObject;
}): string {
  const { id, district, site, issued, expires, what } = options;
  return JSON.stringify({ version: 1, id, district, site, issued, expires, what });
}
