/** What the checking thread is asked. `file` names the text and anchors its paths. */
export interface CheckQuestion {
  readonly file: string;
  readonly text: string;
  readonly knownUplinks: readonly string[];
  readonly knownPinDrivers: readonly string[];
}
