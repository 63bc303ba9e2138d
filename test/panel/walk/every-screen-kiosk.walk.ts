import { describe } from 'vitest';
import { kiosk } from '../demo-village.js';
import { hasChromium } from '../page-rig.js';
import { walkAllScreens } from './screens-of-village.js';

describe.skipIf(!hasChromium)('every screen, kiosk', () => walkAllScreens('kiosk', kiosk));
