/** The page's own siren with a browser of paper: whatever voice, zone or tab there is, a fire is heard. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SiteInfo } from '../../gateway/panel/api/site.js';
import type { PanelState } from '../../gateway/panel/api/state.js';
import { anAlarm, aSite, aState, beganWall, inAlarm } from './page-village.js';

/** `plays` ends of themselves, `fails` says so, `stuck` says nothing any more. */
type Speech = 'plays' | 'fails' | 'stuck' | 'none';

interface Heard {
  /** Seconds since the page was opened at which a tone began. */
  readonly tones: number[];
  readonly said: string[];
  /** When tones were cut, s. */
  readonly cuts: number[];
}

const sentenceMs = 4000;
const touches = new Map<string, (() => void)[]>();
let heard: Heard;
let beganMono = 0;

const second = (): number => (performance.now() - beganMono) / 1000;

function stubBrowser(speech: Speech): void {
  heard = { tones: [], said: [], cuts: [] };
  touches.clear();
  const param = { setValueAtTime() {}, linearRampToValueAtTime() {} };
  class Node {
    readonly frequency = param;
    readonly gain = param;
    onended: (() => void) | null = null;
    #isSounding = false;
    connect(to: unknown): unknown {
      return to;
    }
    disconnect(): void {}
    start(at: number): void {
      this.#isSounding = true;
      heard.tones.push(at);
    }
    stop(at?: number): void {
      if (at !== undefined) setTimeout(() => this.#end(), (at - second()) * 1000);
      else if (this.#isSounding) {
        heard.cuts.push(second());
        for (const tone of heard.tones.filter((begin) => begin > second()))
          heard.tones.splice(heard.tones.indexOf(tone), 1);
        this.#end();
      }
    }
    #end(): void {
      this.#isSounding = false;
      this.onended?.();
    }
  }
  class Context {
    readonly state = 'running';
    readonly destination = {};
    get currentTime(): number {
      return second();
    }
    addEventListener(): void {}
    createOscillator(): Node {
      return new Node();
    }
    createGain(): Node {
      return new Node();
    }
    async resume(): Promise<void> {}
  }
  class Utterance {
    onend: (() => void) | null = null;
    onerror: (() => void) | null = null;
    constructor(readonly text: string) {}
  }
  let spoken: Utterance | null = null;
  const cancel = (): void => {
    const cut = spoken;
    spoken = null;
    if (cut !== null) setTimeout(() => cut.onerror?.(), 1);
  };
  const speak = (utterance: Utterance): void => {
    heard.said.push(utterance.text);
    spoken = utterance;
    if (speech === 'fails') cancel();
    if (speech !== 'plays') return;
    setTimeout(() => {
      if (spoken !== utterance) return;
      spoken = null;
      utterance.onend?.();
    }, sentenceMs);
  };
  vi.stubGlobal('AudioContext', Context);
  vi.stubGlobal('addEventListener', (act: string, take: () => void) => {
    touches.set(act, [...(touches.get(act) ?? []), take]);
  });
  if (speech === 'none') return;
  const getVoices = () => [{ lang: 'zh-CN', localService: true }];
  vi.stubGlobal('speechSynthesis', { addEventListener() {}, getVoices, cancel, speak });
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
}

async function openPage(speech: Speech, info: SiteInfo | null = aSite()) {
  stubBrowser(speech);
  const { give, site } = await import('../../gateway/panel/page/src/live/connection.js');
  const sound = await import('../../gateway/panel/page/src/sound/sound.js');
  site.set(info);
  beganMono = performance.now();
  sound.keepSound();
  const beat = () => give({ is: 'beat', wall: beganWall + second() * 1000, isWatchHeard: true });
  const show = (state: PanelState): void => {
    beat();
    give({ is: 'state', state });
  };
  const wait = async (seconds: number): Promise<void> => {
    for (let left = seconds; left > 0; left -= 1) {
      beat();
      await vi.advanceTimersByTimeAsync(Math.min(1, left) * 1000);
    }
  };
  return { ...sound, give, site, beat, show, wait };
}

const fire = (): PanelState => inAlarm(aState(), { smoke7: anAlarm({}) });
/** The longest time without the begin of a tone, s. */
function longestGap(fromS: number, untilS: number): number {
  const within = heard.tones.filter((at) => at > fromS && at < untilS).sort((one, other) => one - other);
  const begins = [fromS, ...within, untilS];
  return Math.max(...begins.map((at, index) => at - (begins[index - 1] ?? fromS)));
}

describe('the siren of the page', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each<[string, Speech, number, boolean]>([
    ['that never ends', 'stuck', 9, false],
    ['that fails', 'fails', 2, false],
    ['that speaks', 'plays', 5.5, true],
  ])(
    'waits for a voice %s no longer than a sentence, and says when it may not speak',
    async (_, speech, gapS, hasVoice) => {
      const page = await openPage(speech);
      page.show(fire());
      await page.wait(70);
      expect(longestGap(0, 70)).toBeLessThan(gapS);
      expect(page.soundState.get()).toEqual({ hearing: 'on', hasVoice });
      expect(heard.said.length).toBeGreaterThan(2);
    },
  );

  it('lets a stuck voice take the tone once, not at every reading', async () => {
    const page = await openPage('stuck');
    page.show(fire());
    await page.wait(70);
    expect(longestGap(15, 70)).toBeLessThan(1.5);
  });

  it('reads what it is and the first step as two sentences with rounds of the tone between, and again after a while', async () => {
    const page = await openPage('plays');
    page.show(fire());
    await page.wait(60);
    expect(heard.said.slice(0, 3)).toEqual([
      '火警。宗祠东厢，7 号烟感。',
      '先做：派两人带灭火器到宗祠东厢查看',
      '火警。宗祠东厢，7 号烟感。',
    ]);
    expect(heard.tones.filter((at) => at > 6.5 && at < 9.5).length).toBeGreaterThan(1);
    expect(longestGap(0, 60)).toBeLessThan(5.5);
  });

  it('begins with the news, in a hidden page whose timers do not run', async () => {
    const page = await openPage('none');
    await page.wait(1);
    vi.clearAllTimers();
    const at = second();
    page.show(fire());
    await Promise.resolve();
    expect(heard.tones[0]).toBeCloseTo(at, 1);
    for (let beat = 0; beat < 10; beat += 1) {
      vi.setSystemTime(Date.now());
      await vi.advanceTimersByTimeAsync(2000);
      page.beat();
    }
    expect(Math.max(...heard.tones.map((tone, index) => tone - (heard.tones[index - 1] ?? at)))).toBeLessThan(1.5);
    const tones = heard.tones.length;
    page.show(aState());
    await vi.advanceTimersByTimeAsync(5000);
    expect(heard.tones.length).toBeLessThanOrEqual(tones);
    expect(heard.tones.every((tone) => tone <= at + 21)).toBe(true);
  });

  it('goes on without a cut through a flood of fires', async () => {
    const page = await openPage('none');
    page.show(fire());
    await page.wait(1);
    for (let order = 10; order < 60; order += 1) {
      const value = anAlarm({ subject: `p${order}`, alarm: `e-${order}`, order });
      page.give({ is: 'patches', patches: [{ topic: 'alarms', key: `p${order}`, value }] });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(heard.cuts).toEqual([]);
    expect(longestGap(0, 6)).toBeLessThan(1.5);
  });

  it('says that it may not speak when the voice of its test is stuck', async () => {
    const page = await openPage('stuck');
    await page.wait(1);
    await page.testSound();
    await page.wait(11);
    expect(page.soundState.get().hasVoice).toBe(false);
  });

  it('sounds by whatever name the site has for its zone', async () => {
    const page = await openPage('none', { ...aSite(), timeZone: 'Etc/Unknown' });
    page.show(fire());
    await page.wait(10);
    expect(longestGap(0, 10)).toBeLessThan(1.5);
  });

  it('says in the morning, once, that a fault of the night still stands, whatever a corrected clock says', async () => {
    const page = await openPage('none');
    const morning = Date.UTC(2026, 10, 30, 23, 0, 0);
    const at = (seconds: number) => page.give({ is: 'beat', wall: morning + seconds * 1000, isWatchHeard: true });
    at(-120);
    at(-120);
    page.give({ is: 'state', state: inAlarm(aState(), { line1: anAlarm({ subject: 'line1', class: 'fault' }) }) });
    for (let from = -120; from < 120; from += 1) {
      // Each second beat says that the hour is not there yet.
      at(from % 2 === 0 ? from : from - 1.5);
      await vi.advanceTimersByTimeAsync(1000);
    }
    // Two beeps each.
    expect(heard.tones.map((tone) => Math.round(tone / 10))).toEqual([0, 0, 12, 12]);
  });

  it('rests for a while when somebody touches the screen of a lost contact, comes back, and keeps no fire waiting', async () => {
    const page = await openPage('none');
    page.show(aState());
    page.give({ is: 'beat', wall: beganWall, isWatchHeard: false });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard.tones.length).toBeGreaterThan(0);
    for (const touch of touches.get('pointerdown') ?? []) touch();
    const before = heard.tones.length;
    await vi.advanceTimersByTimeAsync(page.lostQuietMs - 1000);
    expect(heard.tones.length).toBe(before);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard.tones.length).toBeGreaterThan(before);
    for (const touch of touches.get('pointerdown') ?? []) touch();
    const quiet = second();
    page.show(fire());
    await page.wait(3);
    expect(heard.tones.some((tone) => tone > quiet && tone < quiet + 1)).toBe(true);
  });

  it('is not there, and says so, when the browser can open none', async () => {
    stubBrowser('none');
    vi.stubGlobal('AudioContext', () => {
      throw new Error('no more of them');
    });
    const { keepSound, soundState } = await import('../../gateway/panel/page/src/sound/sound.js');
    keepSound();
    expect(soundState.get().hearing).toBe('none');
  });

  it('does not speak its test over an alarm that has begun meanwhile', async () => {
    const page = await openPage('plays');
    await page.wait(1);
    await page.testSound();
    page.show(fire());
    await page.wait(3);
    expect(heard.said).toEqual(['火警。宗祠东厢，7 号烟感。']);
  });
});
