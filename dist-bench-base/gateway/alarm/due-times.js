/**
 * When each of many things is due, and which is the next: known without going through them. A heap by time, in which what was
 * changed stays until it comes to the top: to change one costs the logarithm of all.
 */
/** Changed ones that may lie in the heap before it is made anew, beside as many as there are things. */
const staleMax = 64;
export class DueTimes {
    #times = new Map();
    /** Each thing at least once; no element is before its parent, at half its index. */
    #heap = [];
    /** Things that were gone through one by one so far. */
    visited = 0;
    /** Null: it waits for nothing any more. */
    set(key, atMono) {
        if (this.#times.get(key) === (atMono ?? undefined))
            return;
        if (atMono === null)
            this.#times.delete(key);
        else {
            this.#times.set(key, atMono);
            this.#push({ key, atMono });
        }
        if (this.#heap.length > 2 * this.#times.size + staleMax)
            this.#rebuild();
    }
    /** Monotonic ms; null when nothing waits. */
    get nextMono() {
        return this.#top()?.atMono ?? null;
    }
    /** All that are due by then, by time and then by key: whatever happened before. */
    dueBy(mono) {
        const due = [];
        for (let top = this.#top(); top !== undefined && top.atMono <= mono; top = this.#top()) {
            this.#pop();
            // One that was changed and changed back lies there twice.
            if (due.at(-1)?.key !== top.key)
                due.push(top);
        }
        // They are due until somebody says otherwise.
        for (const each of due)
            this.#push(each);
        return due.map(({ key }) => key);
    }
    /** The first one that still is as it was set. */
    #top() {
        for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
            if (this.#times.get(top.key) === top.atMono)
                return top;
            this.#pop();
        }
        return undefined;
    }
    #push(due) {
        const heap = this.#heap;
        let at = heap.length;
        heap.push(due);
        while (at > 0) {
            const parentAt = (at - 1) >> 1;
            const parent = heap[parentAt];
            if (parent === undefined || !isBefore(due, parent))
                break;
            heap[at] = parent;
            at = parentAt;
        }
        heap[at] = due;
    }
    #pop() {
        this.visited++;
        const heap = this.#heap;
        const last = heap.pop();
        if (last === undefined || heap.length === 0)
            return;
        let at = 0;
        for (;;) {
            const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
            const isRight = left !== undefined && right !== undefined && isBefore(right, left);
            const child = isRight ? right : left;
            if (child === undefined || !isBefore(child, last))
                break;
            heap[at] = child;
            at = 2 * at + (isRight ? 2 : 1);
        }
        heap[at] = last;
    }
    /** Without what was changed. A sorted row is a heap. */
    #rebuild() {
        this.visited += this.#times.size;
        this.#heap = [...this.#times].map(([key, atMono]) => ({ key, atMono }));
        this.#heap.sort((a, b) => (isBefore(a, b) ? -1 : 1));
    }
}
function isBefore(a, b) {
    return a.atMono < b.atMono || (a.atMono === b.atMono && a.key < b.key);
}
