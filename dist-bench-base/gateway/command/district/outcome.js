import { deskRefusalWords } from './district-words.js';
export function refusedPlan(reason) {
    return { refused: reason, words: deskRefusalWords[reason] };
}
export function done(words, detail = {}) {
    return { state: 'done', words, detail };
}
