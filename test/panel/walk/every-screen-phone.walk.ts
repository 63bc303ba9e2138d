import { describe } from 'vitest';
import { phone } from '../demo-village.js';
import { hasChromium } from '../page-rig.js';
import { walkAllScreens } from './screens-of-village.js';

describe.skipIf(!hasChromium)('every screen, phone', () => walkAllScreens('phone', phone));
