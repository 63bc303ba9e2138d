/**
 * A part that can not be drawn says so in its place, and is tried again: what stood there before would be taken for the present, and one
 * fault in one part must not stop all the others from being drawn.
 */
import { Component, type ComponentChildren, type JSX } from 'preact';
import { useWords } from '../words/use-words.js';
import { wordOf } from '../words/words.js';

/** Until a part that could not be drawn is tried again, ms. */
const againMs = 3000;

export interface GuardProps {
  /** What is shown in its place. */
  readonly whenFailed: JSX.Element;
  readonly children: ComponentChildren;
}

interface GuardState {
  readonly hasFailed: boolean;
}

export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { hasFailed: false };
  #timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidCatch(error: unknown): void {
    // For whoever looks for the cause: the page itself has no other log.
    console.error(error);
    this.setState({ hasFailed: true });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.setState({ hasFailed: false }), againMs);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.#timer);
  }

  override render({ children, whenFailed }: GuardProps, { hasFailed }: GuardState): ComponentChildren {
    return hasFailed ? whenFailed : children;
  }
}

/** In the place of a screen; head, strip and keys stand. */
export function ScreenFailed(): JSX.Element {
  const { t } = useWords();
  return (
    <section class="card" role="alert">
      <p>
        <b>{t('shell.failed')}</b>
      </p>
    </section>
  );
}

/** In the place of everything, in both languages: whatever the page knows may be what can not be drawn. */
export const pageFailed: JSX.Element = (
  <section class="lost" role="alert">
    <h1>{wordOf('zh-CN', 'shell.failed')}</h1>
    <p lang="en">{wordOf('en', 'shell.failed')}</p>
  </section>
);
