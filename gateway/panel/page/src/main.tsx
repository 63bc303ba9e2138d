import './design/tokens.css';
import './design/base.css';
import './shell/shell.css';
import './shell/contact.css';
import './first/alarm-list.css';
import './first/first.css';
import './first/keys.css';
import './session/session.css';
import { render } from 'preact';
import { keepWatch } from './live/connection.js';
import { keepSession } from './session/session.js';
import { applySettings, settings } from './settings/settings.js';
import { App } from './shell/app.js';
import { Guard, pageFailed } from './shell/guard.js';
import { keepFocus } from './shell/keep-focus.js';
import { followAddress } from './shell/route.js';
import { keepUpdated } from './shell/update.js';
import { keepSound } from './sound/sound.js';

applySettings();
settings.subscribe(applySettings);
followAddress();
keepWatch();
keepSession();
keepUpdated();

const root = document.getElementById('app');
if (root !== null) {
  render(
    <Guard whenFailed={pageFailed}>
      <App />
    </Guard>,
    root,
  );
  keepFocus(root);
}
// Last: whatever the browser does about sound, what stands on the screen can be read.
keepSound();
