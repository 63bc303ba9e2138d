/** A page of our own, printed to PDF by a browser of this machine, where there is one. A box usually has none but its screen's. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const browsers = ['chromium', 'chromium-browser', 'google-chrome'] as const;
/** A browser on a small box is slow; one that hangs is ended, ms. */
const printMaxMs = 120_000;
const ownerOnly = 0o600;

export async function printPdf(page: string, pdf: string): Promise<'made' | 'no-browser' | 'failed'> {
  const browser = await findBrowser();
  if (browser === null) return 'no-browser';
  // Root is refused a sandbox by the browser; the page is our own, without scripts, and may load nothing.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = ['--headless', '--disable-gpu', ...sandbox, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`];
  return new Promise((resolve) => {
    execFile(browser, [...args, pathToFileURL(page).href], { timeout: printMaxMs, killSignal: 'SIGKILL' }, (error) => {
      // It names people, as the page does: nobody else on the box reads it.
      void chmod(pdf, ownerOnly).then(
        () => resolve(error === null ? 'made' : 'failed'),
        () => resolve('failed'),
      );
    });
  });
}

async function findBrowser(): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of browsers) {
      const path = join(folder, name);
      const is = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (folder !== '' && is) return path;
    }
  }
  return null;
}
