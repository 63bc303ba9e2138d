/** All screens of the panel, in the order of the navigation. A new screen is one line here, one folder, and its words. */
import type { ComponentType } from 'preact';
import type { PanelLevel } from '../../../api/words.js';
import type { ShapeName } from '../design/shape.js';
import { FirstScreen } from '../first/first-screen.js';
import { CommissioningScreen } from '../screens/commissioning/commissioning-screen.js';
import { DutyScreen } from '../screens/duty/duty-screen.js';
import { HealthScreen } from '../screens/health/health-screen.js';
import { HistoryScreen } from '../screens/history/history-screen.js';
import { IncidentScreen } from '../screens/incident/incident-screen.js';
import { MapScreen } from '../screens/map/map-screen.js';
import { UsersScreen } from '../screens/users/users-screen.js';
import { VoiceScreen } from '../screens/voice/voice-screen.js';
import { WaterScreen } from '../screens/water/water-screen.js';
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
  { path: '/map', word: 'nav.map', shape: 'map', level: 1, isInNavigation: true, view: MapScreen },
  { path: '/water', word: 'nav.water', shape: 'water', level: 1, isInNavigation: true, view: WaterScreen },
  { path: '/voice', word: 'nav.voice', shape: 'voice', level: 1, isInNavigation: true, view: VoiceScreen },
  { path: '/duty', word: 'nav.duty', shape: 'duty', level: 1, isInNavigation: true, view: DutyScreen },
  { path: '/incident', word: 'nav.incident', shape: 'duty', level: 1, isInNavigation: false, view: IncidentScreen },
  { path: '/history', word: 'nav.history', shape: 'history', level: 1, isInNavigation: true, view: HistoryScreen },
  { path: '/health', word: 'nav.health', shape: 'health', level: 1, isInNavigation: true, view: HealthScreen },
  {
    ...{ path: '/commissioning', word: 'nav.commissioning', shape: 'hand', level: 2 },
    ...{ isInNavigation: true, view: CommissioningScreen },
  },
  { path: '/users', word: 'nav.users', shape: 'people', level: 3, isInNavigation: true, view: UsersScreen },
  { path: '/settings', word: 'nav.settings', shape: 'settings', level: 0, isInNavigation: true, view: SettingsScreen },
  { path: '/sign-in', word: 'nav.signIn', shape: 'person', level: 0, isInNavigation: false, view: SignInScreen },
  { path: '/set-up', word: 'nav.setUp', shape: 'person', level: 0, isInNavigation: false, view: SetUpScreen },
];
