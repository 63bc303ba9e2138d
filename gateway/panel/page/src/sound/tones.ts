/** Plays one round of a cadence with WebAudio, and knows whether the browser lets it be heard. */
import type { Cadence } from './cadences.js';

/** So that a tone begins and ends without a click, s. */
const rampS = 0.015;

export type Hearing = 'on' | 'blocked' | 'none';

export interface Tones {
  hearing(): Hearing;
  /** Inside a touch of a key: then the browser allows it. */
  wake(): Promise<void>;
  /** Begins so much later; how long the round lasts, ms. */
  play(cadence: Cadence, inMs: number): number;
  stop(): void;
}

/** Null: none here; a browser may also have no more of them, or no loudspeaker. */
function openContext(): AudioContext | null {
  try {
    return typeof AudioContext === 'undefined' ? null : new AudioContext();
  } catch {
    return null;
  }
}

export function openTones(onChange: () => void): Tones {
  const context = openContext();
  context?.addEventListener('statechange', onChange);
  const sounding = new Set<OscillatorNode>();

  return {
    hearing: () => (context === null ? 'none' : context.state === 'running' ? 'on' : 'blocked'),
    async wake() {
      // Refused outside a touch; the state tells.
      await context?.resume().catch(() => {});
      onChange();
    },
    play({ tones, loudness }, inMs) {
      if (context === null) return 0;
      let at = context.currentTime + inMs / 1000 + rampS;
      const begin = at;
      for (const { fromHz, toHz, ms, restMs } of tones) {
        const end = at + ms / 1000;
        const source = context.createOscillator();
        const gain = context.createGain();
        // A square wave carries further through a small loudspeaker than a sine.
        source.type = 'square';
        source.frequency.setValueAtTime(fromHz, at);
        source.frequency.linearRampToValueAtTime(toHz, end);
        gain.gain.setValueAtTime(0, at);
        gain.gain.linearRampToValueAtTime(loudness, at + rampS);
        gain.gain.setValueAtTime(loudness, end - rampS);
        gain.gain.linearRampToValueAtTime(0, end);
        source.connect(gain).connect(context.destination);
        source.start(at);
        source.stop(end);
        sounding.add(source);
        source.onended = () => {
          sounding.delete(source);
          gain.disconnect();
        };
        at = end + restMs / 1000;
      }
      return (at - begin) * 1000;
    },
    stop() {
      for (const source of sounding) source.stop();
      sounding.clear();
    },
  };
}
