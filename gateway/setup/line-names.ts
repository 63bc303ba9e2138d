/** What a line is called where a person has not said it, and which line somebody means. Pure. */
import { idPattern } from '../../config/ids.js';
import type { SurveyLine } from '../survey/survey.js';

const idMaxChars = 40;

/** As the site file and people write it. */
export function lineAtText(at: SurveyLine['at']): string {
  return at.kind === 'serial' ? at.path : `${at.host}:${at.port}`;
}

/** `/dev/gengfu-east` → `east`, `/dev/ttyUSB0` → `usb0`; long names of adapters and servers are numbered. */
export function lineIdOf(at: SurveyLine['at'], number: number): string {
  if (at.kind === 'tcp') return `net-${number}`;
  const base = at.path.slice(at.path.lastIndexOf('/') + 1).toLowerCase();
  const short = base.replace(/^gengfu-|^tty/, '');
  return idPattern.test(short) && short.length <= 12 && !at.path.includes('/by-') ? short : `rs485-${number}`;
}

/** The id itself, or the next one that nobody has. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const end = `-${number}`;
    const id = `${wanted.slice(0, idMaxChars - end.length)}${end}`;
    if (!taken.has(id)) return id;
  }
}

/** `Old Street 12` → `old-street-12`; null where no letter or digit of English is in it. */
export function idFrom(text: string): string | null {
  const id = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, idMaxChars)
    .replaceAll(/^-+|-+$/g, '');
  return idPattern.test(id) ? id : null;
}
