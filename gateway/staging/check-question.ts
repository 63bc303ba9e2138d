import type { UserTexts } from '../../config/user-profiles.js';

/** What the checking thread is asked. `file` names the text and anchors its paths. */
export interface CheckQuestion {
  readonly file: string;
  readonly text: string;
  /** Profiles of the installer as they were kept with the text; left out: those beside `file`. */
  readonly userProfiles?: UserTexts;
  readonly knownUplinks: readonly string[];
  readonly knownPinDrivers: readonly string[];
}
