/** From an installed package to a site file, with the verbs that an installer has, and without a hand. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '../build/places.mjs';
import { lines, unitsOf } from './town.mjs';

export const site = '/etc/gengfu/gateway.yaml';
const survey = '/root/survey.json';
const answers = '/root/answers.yaml';
/** As many as a pair has without a repeater; the town has none above. */
const addresses = '1-32';
const unitCount = 24;
/** On a machine that is busy otherwise an answer of the simulator comes late or in pieces now and then: as a person would, it is searched again. */
const searchesMax = 3;

/** `isThere`: the finding that must be among those of `gengfu doctor`. Findings are no failure: a root without hardware has some. */
export function lookAtBox(root, isThere) {
  const { status, text } = root.run(['gengfu', 'doctor', '--json']);
  if (![0, 1].includes(status)) throw new Error(`it ended with ${status}:\n${text}`);
  const { findings } = JSON.parse(text);
  if (!findings.some(isThere)) throw new Error(`what was expected is not among ${JSON.stringify(findings)}`);
  const bad = findings.filter(({ severity }) => severity !== 'ok').length;
  return `${findings.length} looks, ${bad} findings`;
}

export async function findUnits(root) {
  const where = Object.values(lines);
  const ports = where.flatMap(({ path }) => ['--port', path]);
  const bauds = where.map(({ baud }) => baud).join();
  const expected = where.flatMap((line) => unitsOf(line).map(([address, profile]) => `${line.path} ${address} ${line.baud} ${profile}`));
  if (expected.length !== unitCount) throw new Error(`the town has ${expected.length} units`);
  let units = [];
  for (let searches = 1; searches <= searchesMax; searches++) {
    await root.mustSlowly(['gengfu', 'find', ...ports, '--bauds', bauds, '--addresses', addresses, '--out', survey]);
    const found = JSON.parse(readFileSync(root.path(survey.slice(1)), 'utf8'));
    units = found.lines.flatMap(({ at, units: on }) =>
      on.map(({ address, format, candidates, trouble }) =>
        // init leaves out whoever answered brokenly.
        [at.path, address, format?.baud, candidates[0]?.profile, ...(trouble === null ? [] : [trouble.en])].join(' '),
      ),
    );
    const seconds = Math.round(found.tookMs / 1000);
    if (units.join('\n') === expected.join('\n')) return `${units.length} units in ${seconds} s${searches > 1 ? `, at search ${searches}` : ''}`;
  }
  throw new Error(`${searchesMax} searches; the last found:\n${units.join('\n')}`);
}

export function writeSite(root) {
  cpSync(join(own, 'prove/answers.yaml'), root.path(answers.slice(1)));
  const told = root.must(['gengfu', 'init', '--survey', survey, '--answers', answers, '--yes', '--out', site, '--json']);
  const { counts } = JSON.parse(told);
  if (counts.devices !== unitCount || counts.leftOut !== 0) throw new Error(told);
  const rights = root.must(['stat', '-c', '%a %U %G', site]).trim();
  if (rights !== '640 root gengfu') throw new Error(`rights are ${rights}`);
  return `${counts.lines} lines, ${counts.devices} devices, ${counts.sounders} sirens`;
}

/** The answers cause no note of their own. */
export function checkSite(root) {
  const { ok, units, notes, placesToFillIn } = JSON.parse(root.must(['gengfu', 'check', '--json']));
  const others = notes.filter(({ en }) => !en.startsWith('places to be filled in'));
  const smokes = Object.values(lines).reduce((sum, line) => sum + line.smokes, 0);
  if (ok !== true || units !== unitCount || others.length > 0 || placesToFillIn.length !== smokes) {
    throw new Error(JSON.stringify({ ok, units, notes, placesToFillIn }));
  }
  return `${placesToFillIn.length} places to be filled in, one for each smoke detector; nothing else`;
}

/** As bash does it when somebody presses the tab key. */
export function completeWord(root) {
  const script = '. /usr/share/bash-completion/completions/gengfu; COMP_WORDS=(gengfu doc); COMP_CWORD=1; _gengfu; echo "${COMPREPLY[@]}"';
  const word = root.must(['bash', '-c', script]).trim();
  if (word !== 'doctor') throw new Error(`doc… became "${word}"`);
}
