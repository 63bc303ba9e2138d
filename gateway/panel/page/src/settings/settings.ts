/** What whoever sits here has chosen for this screen; kept in the browser, and nothing of it is needed for an alarm. */
import { makeStore } from '../live/store.js';
import type { Language } from '../words/words.js';

export interface Settings {
  readonly language: Language;
  readonly isLarge: boolean;
  readonly isHighContrast: boolean;
  /** Somebody has read that this screen can not read aloud. */
  readonly knowsNoVoice: boolean;
}

const name = 'gengfu.settings';
const usual: Settings = { language: 'zh-CN', isLarge: false, isHighContrast: false, knowsNoVoice: false };

export const settings = makeStore<Settings>(stored());

export function choose(change: Partial<Settings>): void {
  settings.set({ ...settings.get(), ...change });
  try {
    localStorage.setItem(name, JSON.stringify(settings.get()));
  } catch {
    // A browser that keeps nothing shows it until it is closed.
  }
}

/** Language and looks are told to the style sheets and to readers at the root of the page. */
export function applySettings(): void {
  const { language, isLarge, isHighContrast } = settings.get();
  const root = document.documentElement;
  root.lang = language;
  root.dataset['text'] = isLarge ? 'large' : 'usual';
  root.dataset['contrast'] = isHighContrast ? 'high' : 'usual';
}

function stored(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Record<keyof Settings, unknown>>;
    return {
      language: kept.language === 'en' ? 'en' : 'zh-CN',
      isLarge: kept.isLarge === true,
      isHighContrast: kept.isHighContrast === true,
      knowsNoVoice: kept.knowsNoVoice === true,
    };
  } catch {
    return usual;
  }
}
