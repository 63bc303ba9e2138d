/**
 * What is wrong with one loudspeaker, out of what its plays and its checks came to. Pure. Three kinds of wrong are kept apart,
 * so that a player that plays and never answers is one fault that stands, and not one that comes and goes:
 *   a play failed     gone when something plays, or, where only the way to it was wrong, when it answers
 *   it did not answer gone when it answers; where its link was down also when something plays
 *   a content failed  (no such file, no such characters) gone when that content plays, whatever else does
 */
import type { DriverError, DriverErrorCode } from '../../drivers/driver-error.js';

/** Of one loudspeaker; the oldest is forgotten: it stays in the journal. */
const contentsMax = 32;

/** It is the file, the track or the text that is wrong, not the player. */
const ofContent: ReadonlySet<DriverErrorCode> = new Set(['VOICE-002', 'VOICE-005', 'VOICE-008', 'VOICE-010']);
/** A program that says its version may still find no sound card; a chip that refuses answers as well. */
const onlyPlayingTells: ReadonlySet<DriverErrorCode> = new Set(['VOICE-004', 'VOICE-007', 'VOICE-009']);

export function isOfContent(code: DriverErrorCode): boolean {
  return ofContent.has(code);
}

export interface SpeakerFaults {
  readonly play: DriverError | null;
  readonly answer: DriverError | null;
  /** By content. */
  readonly contents: ReadonlyMap<string, DriverError>;
}

export const noSpeakerFaults: SpeakerFaults = { play: null, answer: null, contents: new Map() };

export type SpeakerInput =
  /** `content`: what comes again under this name; null: it stands in no site file, and can not be waited for. */
  | { readonly kind: 'played'; readonly content: string | null }
  | { readonly kind: 'play-failed'; readonly content: string | null; readonly error: DriverError }
  | { readonly kind: 'answered' }
  | { readonly kind: 'check-failed'; readonly error: DriverError };

export function stepSpeakerFaults(faults: SpeakerFaults, input: SpeakerInput): SpeakerFaults {
  const contents = new Map(faults.contents);
  switch (input.kind) {
    case 'played':
      if (input.content !== null) contents.delete(input.content);
      return { play: null, answer: faults.answer?.code === 'VOICE-003' ? faults.answer : null, contents };
    case 'play-failed': {
      const { error, content } = input;
      // Cut off by something newer: it worked.
      if (error.code === 'VOICE-001') return faults;
      if (!isOfContent(error.code)) return { ...faults, play: error };
      if (content === null) return faults;
      contents.delete(content);
      contents.set(content, error);
      for (const oldest of contents.keys()) if (contents.size > contentsMax) contents.delete(oldest);
      return { ...faults, contents };
    }
    case 'answered': {
      const { play } = faults;
      return { ...faults, answer: null, play: play !== null && onlyPlayingTells.has(play.code) ? play : null };
    }
    case 'check-failed':
      return input.error.code === 'VOICE-001' ? faults : { ...faults, answer: input.error };
  }
}

/** The one that is told; null: it is well. */
export function standingFault({ play, answer, contents }: SpeakerFaults): DriverError | null {
  return play ?? answer ?? [...contents.values()][0] ?? null;
}
