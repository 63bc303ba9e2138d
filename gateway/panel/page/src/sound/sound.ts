/**
 * The page's own siren: looks four times a second, and at all news, at what should be heard, plays its cadence, and between two rounds
 * reads the first alarm aloud, a sentence at a time: the tone waits for a voice that can be heard, and never for one that is stuck.
 * What the browser keeps silent is told in a store, and looked at again and again: a page that can not sound must say so.
 */

import type { AlarmRow } from '../../../api/state.js';
import { stepsFor } from '../first/steps.js';
import { alarmWords } from '../first/where-words.js';
import { live, site, wallNow } from '../live/connection.js';
import { makeStore } from '../live/store.js';
import { settings } from '../settings/settings.js';
import { spokenIn } from '../words/use-words.js';
import { cadences, pauseOf } from './cadences.js';
import { isNightAt } from './night.js';
import { beginsAnew, type Heard, isRoundDue } from './rounds.js';
import { type Hearing, openTones, type Tones } from './tones.js';
import { openVoice, type Voice } from './voice.js';
import { type Wanted, wantedSound } from './wanted.js';

const lookMs = 250;
/** The first reading waits until the tone has woken somebody; then again so often, ms. */
const sayAfterMs = 2500;
const sayAgainMs = 20_000;
/** From one sentence to the next: two rounds of fire, ms. */
const sayNextMs = 2500;
/** Rounds are handed to the browser so much ahead: a hidden page is woken only by the beats, every 2 s, ms. */
const aheadMs = 2500;
/** Somebody who is there has heard that contact is lost: its tone rests so long, ms. */
export const lostQuietMs = 10 * 60_000;
/** Once night or day has begun it stays so for as long: a clock that is corrected makes no second morning, ms. */
const nightStaysMs = 60_000;
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
  heard: Heard;
  /** When the last round ends that was handed over; null: what is wanted has not sounded yet. */
  endMono: number | null;
  /** When the next sentence is due. */
  sayMono: number;
  /** Sentences that are not read yet. */
  toSay: readonly string[];
  isReading: boolean;
  /** Until then the tone of a lost contact rests. */
  lostQuietMono: number;
  /** By the site's clock; null: it is not known yet. */
  night: { readonly isNight: boolean; readonly sinceMono: number } | null;
  wasBlocked: boolean;
}

let machine: Machine | null = null;

/** For as long as the page is open. */
export function keepSound(): void {
  const now = performance.now();
  machine = {
    tones: openTones(check),
    voice: openVoice(check),
    openedMono: now,
    heard: { wanted: null, isNight: false },
    endMono: null,
    sayMono: 0,
    toSay: [],
    isReading: false,
    lostQuietMono: 0,
    night: null,
    wasBlocked: false,
  };
  for (const act of ['pointerdown', 'keydown']) addEventListener(act, hushLost, { passive: true });
  // Any touch will do: whoever uses the page has then switched its sound on.
  const wake = (): void => void wakeSound();
  for (const act of ['click', 'keydown']) addEventListener(act, wake, { passive: true });
  setInterval(look, lookMs);
  // Timers of a hidden page come once a minute, news at once; what fails here must not keep them from others.
  live.subscribe(() => queueMicrotask(look));
  check();
}

/** Whoever touches the screen has heard it; it comes back, and a fire is another matter. */
function hushLost(): void {
  if (machine === null || machine.tones.hearing() !== 'on' || machine.heard.wanted?.sound !== 'lost') return;
  machine.lostQuietMono = performance.now() + lostQuietMs;
  look();
}

/** The browser kept this page silent until somebody touched it: another page would be mute again. */
export function neededTouch(): boolean {
  return machine?.wasBlocked === true;
}

export async function wakeSound(): Promise<void> {
  if (machine?.tones.hearing() !== 'on') await machine?.tones.wake();
}

/** So that somebody hears how a fire would sound here, and whether the loudspeaker is plugged in. */
export async function testSound(): Promise<void> {
  await wakeSound();
  if (machine === null || machine.heard.wanted !== null) return;
  const lastsMs = machine.tones.play(cadences.fire, 0);
  const { language } = settings.get();
  setTimeout(() => {
    // An alarm that has begun meanwhile is not spoken over.
    if (machine?.heard.wanted === null) machine.voice.say(spokenIn(language, null).t('sound.testSpeech'), language);
  }, lastsMs);
}

function check(): void {
  if (machine === null) return;
  // Also the sentence of a test runs into its limit.
  machine.voice.isSaying();
  const has = machine.voice.has(settings.get().language);
  const hasVoice = !machine.voice.isMute() && (has ?? performance.now() - machine.openedMono < voicesLateMs);
  const hearing = machine.tones.hearing();
  if (hearing === 'blocked') machine.wasBlocked = true;
  const before = soundState.get();
  if (before.hearing !== hearing || before.hasVoice !== hasVoice) soundState.set({ hearing, hasVoice });
}

function look(): void {
  if (machine === null) return;
  check();
  const now = performance.now();
  const isNight = isNightNow(machine, now);
  const asked = askedNow(machine, now);
  const pause = asked === null ? 'never' : pauseOf(asked.sound, isNight);
  const wanted = pause === 'never' ? null : asked;
  begin(machine, { wanted, isNight }, now);
  if (wanted === null) return;
  if (wanted.alarm !== null) read(machine, wanted.alarm, isUrgent(wanted), now);
  if (machine.isReading && !machine.voice.isMute()) return;
  while (machine.tones.hearing() === 'on') {
    const { endMono } = machine;
    if (!isRoundDue(pause, endMono === null ? null : now + aheadMs - endMono)) return;
    const beginMono = endMono === null || typeof pause !== 'number' ? now : Math.max(now, endMono + pause);
    machine.endMono = beginMono + machine.tones.play(cadences[wanted.sound], beginMono - now);
  }
}

/** Begins the sentence that is due, and sees to it that the tone has its time between two of them. */
function read(to: Machine, alarm: AlarmRow, isAgain: boolean, now: number): void {
  const { tones, voice } = to;
  if (to.isReading && !voice.isSaying()) {
    to.isReading = false;
    to.sayMono = now + (to.toSay.length > 0 ? sayNextMs : isAgain ? sayAgainMs : Number.POSITIVE_INFINITY);
  }
  if (to.isReading || now < to.sayMono) return;
  const { language } = settings.get();
  const [next = '', ...rest] = to.toSay.length > 0 ? to.toSay : sentencesOf(alarm);
  if (!voice.say(next, language)) {
    to.sayMono = now + sayAgainMs;
    return;
  }
  to.isReading = true;
  to.toSay = rest;
  if (voice.isMute()) return;
  tones.stop();
  to.endMono = now;
}

function askedNow(to: Machine, now: number): Wanted | null {
  const asked = wantedSound(live.get());
  if (live.get().contact === 'live') to.lostQuietMono = 0;
  return asked?.sound === 'lost' && now < to.lostQuietMono ? null : asked;
}

/** While the site is not known it is night for whoever will see the alarms: fire sounds all the same. */
function isNightNow(to: Machine, now: number): boolean {
  const isNight = isNightBySite();
  if (site.get() === null) return isNight;
  if (to.night === null || (to.night.isNight !== isNight && now - to.night.sinceMono >= nightStaysMs)) {
    to.night = { isNight, sinceMono: now };
  }
  return to.night.isNight;
}

function isNightBySite(): boolean {
  const info = site.get();
  if (info === null) return live.get().state !== null;
  try {
    return isNightAt(spokenIn('en', info.timeZone).time(wallNow()), info.night);
  } catch {
    // The louder half of the table: no hour may ever end the siren.
    return false;
  }
}

function begin(to: Machine, now: Heard, mono: number): void {
  const before = to.heard;
  to.heard = now;
  if (!beginsAnew(before, now)) return;
  to.voice.hush();
  // A siren that goes on in any case is not cut by each alarm of a flood.
  if (now.wanted === null || !isUrgent(now.wanted) || before.wanted?.sound !== now.wanted.sound) {
    to.tones.stop();
    to.endMono = null;
  }
  to.sayMono = mono + sayAfterMs;
  to.toSay = [];
  to.isReading = false;
}

function isUrgent({ sound }: Wanted): boolean {
  return sound === 'fire' || sound === 'warning';
}

/** Class, place and what; then the first step. */
function sentencesOf(alarm: AlarmRow): readonly string[] {
  const spoken = spokenIn(settings.get().language, null);
  const { t, say } = spoken;
  const step = stepsFor(site.get(), alarm)[0];
  const what = alarmWords(alarm, site.get(), spoken);
  return step === undefined ? [what] : [what, t('sound.firstStep', { step: say(step) })];
}
