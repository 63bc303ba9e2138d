import type { sound as zh } from '../zh/sound.js';

/** Tones and reading aloud in the page. */
export const sound: Readonly<Record<keyof typeof zh, string>> = {
  'sound.blocked': 'The browser keeps this page silent: you would not hear an alarm!',
  'sound.switchOn': 'Switch sound on',
  'sound.noVoice':
    'This screen has no English voice, or it can not be heard: alarms have tones, but may not be read aloud.',
  'sound.understood': 'Understood',
  'sound.none': 'This browser can not sound: you would not hear an alarm!',
  'sound.test': 'Test the sound',
  'sound.isOn': 'Sound is on',
  'sound.testSpeech': 'This is a test of the sound.',
  'sound.plan': 'What sounds when (until acknowledged or silenced)',
  'sound.day': 'By day',
  'sound.night': 'At night, {span}',
  'sound.heard.always': 'all the time',
  'sound.heard.every': 'every {minutes} min',
  'sound.heard.once': 'once',
  'sound.heard.never': 'not before morning',
  'sound.firstStep': 'First: {step}',
};
