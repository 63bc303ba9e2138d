/** How it stands with site files, for people on the box. */
import type { Words } from '../../config/vocabulary.js';
import type { KeptSite } from './site-files.js';
import type { TrialSight } from './trial-watch.js';

export interface StagingStatus {
  /** `installer` is the whole sum of the installed file as it was when this one was applied; the same as `sha256` when it is that file. */
  readonly running: Omit<KeptSite, 'text' | 'userProfiles'>;
  readonly staged: Omit<KeptSite, 'text' | 'installer' | 'userProfiles'> | null;
  readonly trial:
    | (TrialSight & { readonly sha256: string; readonly phase: 'swapping' | 'confirming' | 'on-trial' })
    | null;
  /** How the last trial since the start ended. */
  readonly last: LastTrial | null;
}

export interface LastTrial {
  readonly outcome: 'confirmed' | 'rolled-back';
  readonly sha256: string;
  /** Wall time, ms since 1970. */
  readonly wall: number;
  /** Somebody wanted it back. */
  readonly isOrdered: boolean;
  readonly words: Words;
}
