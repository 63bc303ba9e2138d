/**
 * The page's own siren: looks four times a second at what should be heard, plays its cadence, and between two rounds reads the first
 * alarm aloud. What the browser keeps silent is told in a store, and looked at again and again: a page that can not sound must say so.
 */

import { stepsFor } from '../first/steps.js';
import { live, site } from '../live/connection.js';
import { makeStore } from '../live/store.js';
import { settings } from '../settings/settings.js';
import { spokenIn } from '../words/use-words.js';
import { cadences, type SoundName } from './cadences.js';
import { type Hearing, openTones, type Tones } from './tones.js';
import { openVoice, type Voice } from './voice.js';
import { alarmToSay, wantedSound } from './wanted.js';

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
  playing: SoundName | null;
  nextRoundMono: number;
  sayMono: number;
  saidAlarm: string | null;
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
    saidAlarm: null,
  };
  // Any touch will do: whoever uses the page has then switched its sound on.
  const wake = (): void => void wakeSound();
  for (const act of ['pointerdown', 'keydown']) addEventListener(act, wake, { passive: true });
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
  const wanted = wantedSound(live.get());
  if (wanted !== machine.playing) begin(machine, wanted, now);
  if (wanted === null || machine.voice.isSaying() || now < machine.nextRoundMono) return;
  if (sayNow(machine, now)) return;
  if (machine.tones.hearing() !== 'on') return;
  const { pauseMs } = cadences[wanted];
  machine.nextRoundMono = now + machine.tones.play(cadences[wanted]) + pauseMs;
}

function begin(to: Machine, wanted: SoundName | null, now: number): void {
  to.tones.stop();
  to.voice.hush();
  to.playing = wanted;
  to.nextRoundMono = now;
  to.sayMono = now + sayAfterMs;
  to.saidAlarm = null;
}

function sayNow(by: Machine, now: number): boolean {
  const alarm = alarmToSay(live.get());
  if (alarm === null) return false;
  if (alarm.alarm !== by.saidAlarm) {
    by.saidAlarm = alarm.alarm;
    by.sayMono = Math.min(by.sayMono, now + sayAfterMs);
  }
  if (now < by.sayMono) return false;
  by.sayMono = now + sayAgainMs;
  const { language } = settings.get();
  const { t, say } = spokenIn(language, null);
  const where = say(alarm.place) || say(site.get()?.zones.find(({ id }) => id === alarm.zone)?.name);
  const step = stepsFor(site.get(), alarm)[0];
  const what = t('say.alarm', { class: t(`state.${alarm.class}`), where, what: say(alarm.name) });
  return by.voice.say(step === undefined ? what : `${what} ${t('sound.firstStep', { step: say(step) })}`, language);
}
