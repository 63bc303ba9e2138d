/** Words are said before anything sounds; whoever says them has so long, then it sounds all the same, ms. */
export const wordsMaxMs = 30_000;
