import type { session as zh } from '../zh/session.js';

/** Signing in and out, the first password. */
export const session: Readonly<Record<keyof typeof zh, string>> = {
  'session.user': 'User name',
  'session.password': 'Password',
  'session.again': 'Password once more',
  'session.signIn': 'Sign in',
  'session.signOut': 'Sign out',
  'session.left': 'signs out in {age}',
  'session.level0': 'Not signed in',
  'session.level1': 'Level Ⅰ, view',
  'session.level2': 'Level Ⅱ, duty',
  'session.level3': 'Level Ⅲ, installer',
  'session.why': 'Signed in you may reset, broadcast and drill, and see who needs help.',
  'session.away': 'Here you see the state and nothing else. Sign in to see where an alarm is.',
  'session.setUpTitle': 'Set the first password',
  'session.setUpWhy':
    'Nobody has a password yet, so the panel opens on the box only. Set a user name and a password for the installer (level Ⅲ).',
  'session.setUpRule': 'At least 10 characters; a few words in a row are easy to keep and safe.',
  'session.setUpDo': 'Save and sign in',
  'session.notSame': 'The two passwords differ',
  'session.tooShort': 'A password has at least 10 characters',
  'session.userRule': 'A user name has letters, digits, dots and dashes, at most 32',
  'session.setUpOnlyHere': 'The first password can be set on the screen of the box only.',
};
