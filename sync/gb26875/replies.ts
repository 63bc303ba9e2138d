/** Answers: they carry the serial of what they answer, and go back to whoever sent it (6.3 and 6.4 of GB/T 26875.3-2011). */
import { type GbFrame, type GbTime, gbCommands } from './frame-types.js';
import type { GbHead } from './framer.js';

/** What stands in every frame of our own. */
export interface GbOwn {
  readonly version: readonly [number, number];
  /** Six bytes as they go over the wire. */
  readonly source: readonly number[];
}

const noAdu = new Uint8Array(0);

/** The other side may throw it away: it has arrived. */
export function confirmOf(head: GbHead, now: GbTime | null, own: GbOwn): GbFrame {
  return replyTo(head, gbCommands.confirm, noAdu, now, own);
}

/** It was not understood, or must not be. */
export function denyOf(head: GbHead, now: GbTime | null, own: GbOwn): GbFrame {
  return replyTo(head, gbCommands.deny, noAdu, now, own);
}

/** What a read asked for. */
export function answerOf(head: GbHead, adu: Uint8Array, now: GbTime | null, own: GbOwn): GbFrame {
  return replyTo(head, gbCommands.answer, adu, now, own);
}

function replyTo(head: GbHead, command: number, adu: Uint8Array, now: GbTime | null, own: GbOwn): GbFrame {
  return {
    ...{ serial: head.serial, version: own.version, time: now },
    source: own.source,
    destination: head.source,
    command,
    adu,
  };
}
