/** Of one loudspeaker; the oldest is forgotten: it stays in the journal. */
const contentsMax = 32;
/** It is the file, the track or the text that is wrong, not the player. */
const ofContent = new Set(['VOICE-002', 'VOICE-005', 'VOICE-008', 'VOICE-010']);
/** A program that says its version may still find no sound card; a chip that refuses answers as well. */
const onlyPlayingTells = new Set(['VOICE-004', 'VOICE-007', 'VOICE-009']);
export function isOfContent(code) {
    return ofContent.has(code);
}
export const noSpeakerFaults = { play: null, answer: null, contents: new Map() };
export function stepSpeakerFaults(faults, input) {
    const contents = new Map(faults.contents);
    switch (input.kind) {
        case 'played':
            if (input.content !== null)
                contents.delete(input.content);
            return { play: null, answer: faults.answer?.code === 'VOICE-003' ? faults.answer : null, contents };
        case 'play-failed': {
            const { error, content } = input;
            // Cut off by something newer: it worked.
            if (error.code === 'VOICE-001')
                return faults;
            if (!isOfContent(error.code))
                return { ...faults, play: error };
            if (content === null)
                return faults;
            contents.delete(content);
            contents.set(content, error);
            for (const oldest of contents.keys())
                if (contents.size > contentsMax)
                    contents.delete(oldest);
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
export function standingFault({ play, answer, contents }) {
    return play ?? answer ?? [...contents.values()][0] ?? null;
}
