import { didYouMean } from './did-you-mean.js';
/** Which profile somebody means who writes `LX47LE`, the label on the box, or a typing mistake; null when none is near. */
export function profileHint(written, profiles) {
    const plain = written.trim().toLowerCase();
    const byLabel = [...profiles.values()].find(({ models, aliases }) => [...models, ...aliases].some((label) => label.toLowerCase() === plain));
    const meant = profiles.has(plain) ? plain : (byLabel?.id ?? didYouMean(plain, profiles.keys()));
    return meant === null ? null : { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` };
}
