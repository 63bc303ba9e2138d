/**
 * What the figures were where this was developed: x86-64, two cores, Node 20, an SSD, lines on pseudo-terminals. Timers and disk were measured by
 * this very self-test on 2026-11-30 with nothing else at work (the median of three runs); start and memory are those of the README; the pin is
 * one of gpio-sim in a virtual machine.
 */
export const developed = {
  timerJitterP99Ms: 1.4,
  fsyncP50Ms: 1,
  fsyncP99Ms: 2.2,
  commitP50Ms: 0.23,
  commitP99Ms: 0.59,
  startMs: 700,
  memoryMb: 98,
  pinMs: 0.09,
} as const;

/** What is promised (design budgets, and the limits from which on a running gateway tells a fault). */
export const promised = {
  /** From the last byte of a reply to the level of a pin: what a timer is late comes on top of it. */
  timerJitterP99Ms: 2,
  /** A fire entry that is not durable by then is told from memory. */
  durableMs: 2000,
  loopDelayP99Ms: 500,
  startMs: 5000,
  memoryMb: 160,
  temperatureC: 70,
  /** The line budgets count with it. */
  turnaroundMs: 15,
  pinMs: 2,
} as const;
