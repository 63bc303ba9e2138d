/** How busy a line was in the last minute. */
const windowMs = 60_000;
const stretches = 6;
const stretchMs = windowMs / stretches;
export class BusyTime {
    #at = new Float64Array(stretches).fill(-1);
    #busyMs = new Float64Array(stretches);
    #sinceMono = null;
    /** The line was taken for `ms`, ending now. */
    add(ms, nowMono) {
        this.#sinceMono ??= nowMono - ms;
        const at = Math.floor(nowMono / stretchMs);
        const index = at % stretches;
        if (this.#at[index] !== at) {
            this.#at[index] = at;
            this.#busyMs[index] = 0;
        }
        this.#busyMs[index] = (this.#busyMs[index] ?? 0) + ms;
    }
    /** 0 to 100. */
    percent(nowMono) {
        if (this.#sinceMono === null)
            return 0;
        const oldest = Math.floor(nowMono / stretchMs) - stretches;
        const busyMs = this.#busyMs.reduce((sum, ms, i) => sum + ((this.#at[i] ?? -1) > oldest ? ms : 0), 0);
        const spanMs = Math.min(nowMono - this.#sinceMono, windowMs - stretchMs + (nowMono % stretchMs));
        return spanMs <= 0 ? 0 : Math.min(100, (100 * busyMs) / spanMs);
    }
}
