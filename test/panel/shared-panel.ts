/** One panel for the tests of a file, and others for those that change what the rest looks at. */
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import type { RouteName } from '../../gateway/panel/api/routes.js';
import { type Asking, askOf } from './server-asks.js';
import { type PanelRig, panelRig } from './server-rig.js';

/** Routes are compiled once for a file: each test begins with a folder, a state and posts of its own only where it `isAlone`.
 * @param onRig told which panel is meant from now on */
export function sharedPanel(onRig: (rig: PanelRig) => void) {
  let shared: PanelRig;
  let rig: PanelRig;
  const use = (next: PanelRig): void => {
    rig = next;
    onRig(next);
  };
  beforeAll(() => {
    shared = panelRig();
  });
  afterAll(() => shared.stop());
  beforeEach(() => {
    use(shared);
    shared.posted.length = 0;
  });
  return {
    /** For tests that change what others look at. */
    isAlone(options: Parameters<typeof panelRig>[0] = {}): void {
      const own = panelRig(options);
      use(own);
      onTestFinished(() => own.stop());
    },
    ask: (name: RouteName, asking: Asking = {}) => askOf(rig, name, asking),
  };
}
