/** All screens of the panel, in the order of the navigation. A new screen is one line here, one folder, and its words. */
import type { ComponentType } from 'preact';
import type { PanelLevel } from '../../../api/words.js';
import type { ShapeName } from '../design/shape.js';
import { FirstScreen } from '../first/first-screen.js';
import { SetUpScreen } from '../session/set-up-screen.js';
import { SignInScreen } from '../session/sign-in-screen.js';
import { SettingsScreen } from '../settings/settings-screen.js';
import type { WordKey } from '../words/words.js';

export interface ScreenInfo {
  readonly path: string;
  readonly word: WordKey;
  readonly shape: ShapeName;
  /** Below it the screen is not offered, and an address that leads there asks to sign in. */
  readonly level: PanelLevel;
  readonly isInNavigation: boolean;
  readonly view: ComponentType;
}

export const screens: readonly ScreenInfo[] = [
  { path: '/', word: 'nav.first', shape: 'home', level: 0, isInNavigation: true, view: FirstScreen },
  { path: '/settings', word: 'nav.settings', shape: 'settings', level: 0, isInNavigation: true, view: SettingsScreen },
  { path: '/sign-in', word: 'nav.signIn', shape: 'person', level: 0, isInNavigation: false, view: SignInScreen },
  { path: '/set-up', word: 'nav.setUp', shape: 'person', level: 0, isInNavigation: false, view: SetUpScreen },
];
