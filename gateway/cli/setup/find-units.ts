/** The one place where `init` starts a search. */
import type { Survey } from '../../survey/survey.js';

export type FindUnits = () => Promise<Survey>;

/** Null: this build can not search, and `init` wants `--survey`. */
export const findUnits: FindUnits | null = null;
