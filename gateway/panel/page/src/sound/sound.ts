/**
 * The page's own siren: looks four times a second at what should be heard, plays its cadence, and between two rounds reads the first
 * alarm aloud. What the browser keeps silent is told in a store, and looked at again and again: a page that can not sound must say so.
 */

import type { AlarmRow } from '../../../api/state.js';
import { stepsFor } from '../first/steps.js';
import { live, site, wallNow } from '../live/connection.js';
import { makeStore } from '../live/store.js';
import { settings } from '../settings/settings.js';
import { spokenIn } from '../words/use-words.js';
import { cadences, pauseOf } from './cadences.js';
import { type Hearing, openTones, type Tones } from './tones.js';
import { openVoice, type Voice } from './voice.js';
import { type Wanted, wantedSound } from './wanted.js';

const lookMs = 250;
/** The first reading waits until the tone has woken somebody; then again so often, ms. */
const sayAfterMs = 2500;
const sayAgainMs = 20_000;
/** Voices are told late by some browsers; before that nothing is missing, ms. */
const voicesLateMs = 4000;

export interface SoundState {
  readonly hearing: Hearing;
  /** There is a voice for the language. */
  readonly hasVoice: boolean;
}

export const soundState = makeStore<SoundState>({ hearing: 'on', hasVoice: true });

interface Machine {
  readonly tones: Tones;
  readonly voice: Voice;
  readonly openedMono: number;
  playing: Wanted | null;
  nextRoundMono: number;
  sayMono: number;
}

let machine: Machine | null = null;

/** For as long as the page is open. */
export function keepSound(): void {
  const now = performance.now();
  machine = {
    tones: openTones(check),
    voice: openVoice(check),
    openedMono: now,
    playing: null,
    nextRoundMono: 0,
    sayMono: 0,
  };
  // Any touch will do: whoever uses the page has then switched its sound on.
  const wake = (): void => void wakeSound();
  for (const act of ['click', 'keydown']) addEventListener(act, wake, { passive: true });
  setInterval(look, lookMs);
  check();
}

export async function wakeSound(): Promise<void> {
  if (machine?.tones.hearing() !== 'on') await machine?.tones.wake();
}

/** So that somebody hears how a fire would sound here, and whether the loudspeaker is plugged in. */
export async function testSound(): Promise<void> {
  await wakeSound();
  if (machine === null || machine.playing !== null) return;
  const lastsMs = machine.tones.play(cadences.fire);
  const { language } = settings.get();
  machine.nextRoundMono = performance.now() + lastsMs;
  setTimeout(() => machine?.voice.say(spokenIn(language, null).t('sound.testSpeech'), language), lastsMs);
}

function check(): void {
  if (machine === null) return;
  const has = machine.voice.has(settings.get().language);
  const hasVoice = has ?? performance.now() - machine.openedMono < voicesLateMs;
  const hearing = machine.tones.hearing();
  const before = soundState.get();
  if (before.hearing !== hearing || before.hasVoice !== hasVoice) soundState.set({ hearing, hasVoice });
}

function look(): void {
  if (machine === null) return;
  check();
  const now = performance.now();
  const hour = Number(
    spokenIn('en', site.get()?.timeZone ?? null)
      .time(wallNow())
      .slice(0, 2),
  );
  const asked = wantedSound(live.get());
  const pause = asked === null ? 'never' : pauseOf(asked.sound, hour);
  const wanted = pause === 'never' ? null : asked;
  begin(machine, wanted, now);
  if (wanted === null || machine.voice.isSaying()) return;
  if (wanted.alarm !== null && now >= machine.sayMono) {
    machine.sayMono = now + (isUrgent(wanted) ? sayAgainMs : Number.POSITIVE_INFINITY);
    if (sayAlarm(machine.voice, wanted.alarm)) return;
  }
  if (now < machine.nextRoundMono || machine.tones.hearing() !== 'on') return;
  const lastsMs = machine.tones.play(cadences[wanted.sound]);
  machine.nextRoundMono = typeof pause === 'number' ? now + lastsMs + pause : Number.POSITIVE_INFINITY;
}

/** Another sound, or a new alarm of the same class, is heard at once. */
function begin(to: Machine, wanted: Wanted | null, now: number): void {
  const before = to.playing;
  to.playing = wanted;
  if (before?.sound === wanted?.sound && before?.cause === wanted?.cause) return;
  if (before?.sound !== wanted?.sound) to.tones.stop();
  to.voice.hush();
  to.nextRoundMono = before?.sound === wanted?.sound ? Math.min(now, to.nextRoundMono) : now;
  to.sayMono = now + sayAfterMs;
}

function isUrgent({ sound }: Wanted): boolean {
  return sound === 'fire' || sound === 'warning';
}

/** Class, place, what, and the first step. False: there is no voice. */
function sayAlarm(voice: Voice, alarm: AlarmRow): boolean {
  const { language } = settings.get();
  const { t, say } = spokenIn(language, null);
  const where = say(alarm.place) || say(site.get()?.zones.find(({ id }) => id === alarm.zone)?.name);
  const step = stepsFor(site.get(), alarm)[0];
  const what = t('say.alarm', { class: t(`state.${alarm.class}`), where, what: say(alarm.name) });
  return voice.say(step === undefined ? what : `${what} ${t('sound.firstStep', { step: say(step) })}`, language);
}
