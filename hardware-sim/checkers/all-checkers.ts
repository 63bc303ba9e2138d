import type { CheckerKind } from './checker.js';

/** Every judge; each is a file of its own. */
export const allCheckers: readonly CheckerKind[] = [];
