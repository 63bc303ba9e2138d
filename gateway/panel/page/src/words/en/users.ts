import type { users as zh } from '../zh/users.js';

/** Users and tokens. */
export const users: Readonly<Record<keyof typeof zh, string>> = {
  'nav.users': 'Users',
  'users.never': 'has never signed in',
  'users.last': 'last signed in {time}',
  'users.remove': 'Remove',
  'users.removeSure': 'Remove user {user}?',
  'users.removed': '{user} was removed',
  'users.saved': '{user} was saved',
  'users.set': 'Add a user, or change password and level',
  'users.setHint': 'A user of the same name becomes what is filled in here.',
  'users.level': 'Level',
  'users.save': 'Save',
  'users.tokens': 'Read-only tokens',
  'users.tokensHint': 'For programs that read; they can order nothing.',
  'users.tokenName': 'Name of the token',
  'users.make': 'Make a token',
  'users.made': 'Token {name}, shown this once; copy it now:',
  'users.tokenSure': 'Remove token {name}? The program that uses it can read no more.',
};
