/** Entries as they are found: by pages through the index, or one after the other by free text. One look at a time. */
import type { HistoryEntry } from '../../../../api/history.js';
import type { PanelProblem } from '../../../../api/routes.js';
import { ask, askRaw } from '../../api/client.js';
import { makeStore, type Store } from '../../live/store.js';
import { both } from '../../words/both.js';
import type { Sought } from './history-form.js';
import { Lines } from './lines.js';

const pageRows = 50;
/** Rows on the screen; whoever wants more narrows the search, or exports. */
export const shownMax = 1000;
/** A rare thing: so many answers without a row are asked further before somebody is asked whether to go on. */
const emptyPagesMax = 20;

export interface HistoryView {
  readonly entries: readonly HistoryEntry[];
  /** Where the next page begins; null: there is no more. */
  readonly next: number | null;
  readonly isBusy: boolean;
  /** Free text: rows come while it looks. */
  readonly isSearch: boolean;
  readonly isCancelled: boolean;
  readonly problem: PanelProblem | null;
}

const nothing: HistoryView = {
  ...{ entries: [], next: null, isBusy: false, isSearch: false, isCancelled: false, problem: null },
};

export interface HistoryBook {
  readonly view: Store<HistoryView>;
  look(sought: Sought, isFree: boolean): void;
  more(): void;
  cancel(): void;
}

export function openHistory(): HistoryBook {
  const view = makeStore<HistoryView>(nothing);
  let running: AbortController | null = null;
  let last: Sought | null = null;

  const change = (by: AbortController, next: Partial<HistoryView>): void => {
    if (running === by) view.set({ ...view.get(), ...next });
  };
  const add = (by: AbortController, entries: readonly HistoryEntry[], next: Partial<HistoryView> = {}): void =>
    change(by, { entries: [...view.get().entries, ...entries].slice(0, shownMax), ...next });
  const begin = (first: Partial<HistoryView>): AbortController => {
    running?.abort();
    running = new AbortController();
    view.set({ ...nothing, ...first, isBusy: true });
    return running;
  };

  async function page(by: AbortController, sought: Sought, from: number | null): Promise<void> {
    let before = from;
    for (let empty = 0; ; empty++) {
      const answer = await ask('history', { body: { ...sought, before, limit: pageRows }, signal: by.signal });
      if (by.signal.aborted) return;
      if (!answer.isOk) return change(by, { isBusy: false, problem: answer.problem });
      const { entries, next } = answer.value;
      before = next;
      if (entries.length > 0 || next === null || empty >= emptyPagesMax)
        return add(by, entries, { next, isBusy: false });
    }
  }

  async function search(by: AbortController, sought: Sought): Promise<void> {
    const answer = await askRaw('search', { body: sought, signal: by.signal });
    if (by.signal.aborted) return;
    if (!answer.isOk) return change(by, { isBusy: false, problem: answer.problem });
    const lines = new Lines<HistoryEntry>();
    const decoder = new TextDecoder();
    const reader = answer.value.body?.getReader();
    try {
      for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
        add(by, lines.take(decoder.decode(read.value, { stream: true })));
        if (view.get().entries.length >= shownMax) by.abort();
      }
      add(by, lines.end(), { isBusy: false });
    } catch {
      const isOurs = by.signal.aborted;
      change(by, { isBusy: false, problem: isOurs ? null : cut() });
    }
  }

  return {
    view,
    look(sought, isFree) {
      last = sought;
      const isSearch = isFree && sought.text !== null;
      const by = begin({ isSearch });
      void (isSearch ? search(by, sought) : page(by, sought, null));
    },
    more() {
      const { next, isBusy, entries } = view.get();
      if (last === null || next === null || isBusy) return;
      const by = begin({ entries, next });
      void page(by, last, next);
    },
    cancel() {
      running?.abort();
      view.set({ ...view.get(), isBusy: false, isCancelled: view.get().isBusy });
    },
  };
}

function cut(): PanelProblem {
  return { code: 'cut', words: both('history.cut'), where: null, expected: null, got: null, hint: null };
}
