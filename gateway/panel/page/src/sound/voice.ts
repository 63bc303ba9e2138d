/** Reads aloud with the browser's own voice, where it has one for the language. */
import type { Language } from '../words/words.js';

/** Slower than usual: half asleep, and an old ear. */
const rate = 0.9;
/** A browser that never says that it has ended is not waited for longer, ms. */
const sayMaxMs = 30_000;

export interface Voice {
  /** Null: the browser has not told its voices yet. */
  has(language: Language): boolean | null;
  /** False: it can not. */
  say(text: string, language: Language): boolean;
  isSaying(): boolean;
  hush(): void;
}

export function openVoice(onChange: () => void): Voice {
  const synthesis = typeof speechSynthesis === 'undefined' ? null : speechSynthesis;
  let saidMono: number | null = null;
  synthesis?.addEventListener('voiceschanged', onChange);

  const voiceFor = (language: Language): SpeechSynthesisVoice | undefined => {
    const wanted = language === 'en' ? 'en' : 'zh';
    const fitting = (synthesis?.getVoices() ?? []).filter(({ lang }) => lang.toLowerCase().startsWith(wanted));
    // A voice of the box itself works without a network.
    return fitting.find(({ localService }) => localService) ?? fitting[0];
  };

  return {
    has(language) {
      if (synthesis === null) return false;
      if (voiceFor(language) !== undefined) return true;
      return synthesis.getVoices().length === 0 ? null : false;
    },
    say(text, language) {
      const voice = voiceFor(language);
      if (synthesis === null || voice === undefined) return false;
      synthesis.cancel();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = rate;
      const end = (): void => {
        saidMono = null;
      };
      utterance.onend = end;
      utterance.onerror = end;
      saidMono = performance.now();
      synthesis.speak(utterance);
      return true;
    },
    isSaying: () => saidMono !== null && performance.now() - saidMono < sayMaxMs,
    hush() {
      saidMono = null;
      synthesis?.cancel();
    },
  };
}
