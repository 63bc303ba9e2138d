/** What travels in GB/T 26875.3-2011: frames, and the application data units in them. Pure data; bytes are made and read elsewhere. */

/** Commands, Table 2. */
export const gbCommands = { control: 1, send: 2, confirm: 3, request: 4, answer: 5, deny: 6 } as const;

/** Local time as it stands on the wire; year 0 to 99 of this century. */
export interface GbTime {
  readonly second: number;
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly year: number;
}

export interface GbFrame {
  /** 0 to 65 535; of whoever began the exchange. */
  readonly serial: number;
  /** Main and user version. */
  readonly version: readonly [number, number];
  /** When it was sent; null: all zero, as some units send it. */
  readonly time: GbTime | null;
  /** Six bytes as they go over the wire. */
  readonly source: readonly number[];
  readonly destination: readonly number[];
  readonly command: number;
  /** At most 1024 bytes; may be empty. */
  readonly adu: Uint8Array;
}

/** Where in the platform's table something is. */
export interface GbSystem {
  /** Table 4. */
  readonly system: number;
  readonly systemAddress: number;
}

export interface GbComponent extends GbSystem {
  /** Table 5. */
  readonly component: number;
  /** Four bytes as they go over the wire. */
  readonly address: readonly number[];
}

interface Timed {
  readonly time: GbTime | null;
}

/** An application data unit by its type flag (Table 3): what `body` of each type means stands in 8.3 of the standard. */
export type GbAdu =
  | { readonly type: 1; readonly objects: readonly (GbSystem & Timed & { readonly state: number })[] }
  | {
      readonly type: 2;
      readonly objects: readonly (GbComponent & Timed & { readonly state: number; readonly text: string })[];
    }
  | {
      readonly type: 3;
      /** `value` is int16, in counts of the step of `analog` (Table 6). */
      readonly objects: readonly (GbComponent & Timed & { readonly analog: number; readonly value: number })[];
    }
  | {
      readonly type: 4;
      readonly objects: readonly (GbSystem & Timed & { readonly operation: number; readonly operator: number })[];
    }
  | { readonly type: 5; readonly objects: readonly (GbSystem & { readonly major: number; readonly minor: number })[] }
  | { readonly type: 6; readonly objects: readonly (GbSystem & { readonly text: string })[] }
  | { readonly type: 7; readonly objects: readonly (GbComponent & { readonly text: string })[] }
  | { readonly type: 8; readonly objects: readonly (GbSystem & Timed)[] }
  | { readonly type: 21; readonly objects: readonly (Timed & { readonly state: number })[] }
  | {
      readonly type: 24;
      readonly objects: readonly (Timed & { readonly operation: number; readonly operator: number })[];
    }
  | { readonly type: 25; readonly objects: readonly { readonly major: number; readonly minor: number }[] }
  | { readonly type: 26; readonly objects: readonly { readonly text: string }[] }
  | { readonly type: 28; readonly objects: readonly Timed[] }
  /** Reads of the centre. A read names no component type, so system, its address and the component's must be unique. */
  | { readonly type: 61 | 65 | 66 | 68; readonly objects: readonly GbSystem[] }
  | { readonly type: 62 | 63 | 67; readonly objects: readonly (GbSystem & { readonly address: readonly number[] })[] }
  | { readonly type: 64; readonly objects: readonly (GbSystem & Timed & { readonly records: number })[] }
  | { readonly type: 81 | 85 | 86 | 88 | 89; readonly objects: readonly Record<never, never>[] }
  | { readonly type: 84; readonly objects: readonly (Timed & { readonly records: number })[] }
  /** Orders of the centre: its clock, and whether somebody is on duty (within so many minutes). */
  | { readonly type: 90; readonly objects: readonly Timed[] }
  | { readonly type: 91; readonly objects: readonly { readonly minutes: number }[] }
  /** Anything else: the bytes behind type and count, and what count said. */
  | { readonly type: 'other'; readonly flag: number; readonly count: number; readonly body: Uint8Array };
