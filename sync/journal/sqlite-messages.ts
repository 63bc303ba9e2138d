/** What the main thread and the worker say to each other. */
import type { EpochId } from '../../config/ids.js';
import type { Lane } from '../../config/vocabulary.js';
import type { StoredEntry } from './entry.js';
import type { SiteLock } from './sqlite-lock.js';
import type {
  Batch,
  PositionRow,
  Predecessor,
  StoredTelemetryPack,
  StoreErrorCode,
  StoreOpened,
  Tidied,
  TidyOrder,
} from './store.js';

export interface WorkerSetup {
  readonly path: string;
  readonly lockPath: string;
  /** District and site. */
  readonly site: string;
}

export interface StoreCalls {
  readonly open: { readonly args: readonly [EpochId, number | null]; readonly result: StoreOpened };
  /** Position and sequence of each entry in turn: the entries themselves are still where they came from. */
  readonly append: { readonly args: readonly [Batch]; readonly result: Float64Array };
  readonly readAfter: { readonly args: readonly [Lane, number, number]; readonly result: readonly StoredEntry[] };
  readonly readTelemetryAfter: {
    readonly args: readonly [number, number];
    readonly result: readonly StoredTelemetryPack[];
  };
  readonly backlogAfter: {
    readonly args: readonly [Lane, number];
    readonly result: { readonly rows: number; readonly oldestWall: number | null };
  };
  readonly placeAt: { readonly args: readonly [Lane, number]; readonly result: Predecessor | null };
  readonly tidy: { readonly args: readonly [TidyOrder, boolean]; readonly result: Tidied };
  readonly savePositions: { readonly args: readonly [readonly PositionRow[]]; readonly result: undefined };
  /** Too large to be checked whole at opening. */
  readonly isLarge: { readonly args: readonly []; readonly result: boolean };
  readonly markDamaged: { readonly args: readonly []; readonly result: undefined };
  readonly close: { readonly args: readonly []; readonly result: undefined };
  readonly lock: { readonly args: readonly []; readonly result: SiteLock };
}
export type StoreCall = keyof StoreCalls;

export type StoreRequest = {
  readonly [Call in StoreCall]: { readonly id: number; readonly call: Call; readonly args: StoreCalls[Call]['args'] };
}[StoreCall];

export type StoreAnswer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly code: StoreErrorCode; readonly got: string | null };
