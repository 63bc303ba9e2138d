/** Reads aloud with the browser's own voice, where it has one for the language. */
import type { Language } from '../words/words.js';

/** Slower than usual: half asleep, and an old ear. */
const rate = 0.9;
/** A sentence takes less. What runs into it is cut, and counts as a voice that nobody hears; the tone waits no longer, ms. */
export const sayMaxMs = 8000;

export interface Voice {
  /** Null: the browser has not told its voices yet. */
  has(language: Language): boolean | null;
  /** The last sentence failed or never ended: an engine without an output looks like this. */
  isMute(): boolean;
  /** False: it can not. */
  say(text: string, language: Language): boolean;
  /** Cuts a sentence whose time is over. */
  isSaying(): boolean;
  hush(): void;
}

export function openVoice(onChange: () => void): Voice {
  const synthesis = typeof speechSynthesis === 'undefined' ? null : speechSynthesis;
  let said: { readonly utterance: SpeechSynthesisUtterance; readonly mono: number } | null = null;
  let isMute = false;
  synthesis?.addEventListener('voiceschanged', onChange);

  const voiceFor = (language: Language): SpeechSynthesisVoice | undefined => {
    const wanted = language === 'en' ? 'en' : 'zh';
    const fitting = (synthesis?.getVoices() ?? []).filter(({ lang }) => lang.toLowerCase().startsWith(wanted));
    // A voice of the box itself works without a network.
    return fitting.find(({ localService }) => localService) ?? fitting[0];
  };

  const over = (wasHeard: boolean): void => {
    said = null;
    if (isMute === !wasHeard) return;
    isMute = !wasHeard;
    onChange();
  };

  return {
    has(language) {
      if (synthesis === null) return false;
      if (voiceFor(language) !== undefined) return true;
      return synthesis.getVoices().length === 0 ? null : false;
    },
    isMute: () => isMute,
    say(text, language) {
      const voice = voiceFor(language);
      if (synthesis === null || voice === undefined) return false;
      said = null;
      synthesis.cancel();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = rate;
      // One that was cut ends later, with an error: it says nothing of the one that is read now.
      utterance.onend = () => {
        if (said?.utterance === utterance) over(true);
      };
      utterance.onerror = () => {
        if (said?.utterance === utterance) over(false);
      };
      said = { utterance, mono: performance.now() };
      try {
        synthesis.speak(utterance);
      } catch {
        over(false);
      }
      return said !== null;
    },
    isSaying() {
      if (said === null || performance.now() - said.mono < sayMaxMs) return said !== null;
      over(false);
      synthesis?.cancel();
      return false;
    },
    hush() {
      said = null;
      synthesis?.cancel();
    },
  };
}
