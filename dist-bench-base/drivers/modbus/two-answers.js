/** Second answers to one question: two units with one address, or an adapter that repeats. One may be chance, three are not. */
const enough = 3;
const withinMs = 60_000;
export class TwoAnswers {
    #seen = new Map();
    /** A second answer in the name of this address. True when there have been enough of them to say so; then it counts anew. */
    sawSecond(address, nowMono) {
        const recent = [...(this.#seen.get(address) ?? []), nowMono].filter((mono) => mono > nowMono - withinMs);
        const isEnough = recent.length >= enough;
        this.#seen.set(address, isEnough ? [] : recent);
        return isEnough;
    }
}
