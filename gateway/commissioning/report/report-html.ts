/**
 * A revision as one HTML file: no script, nothing from outside, A4 on paper. Everything that people or the site file wrote is text in it.
 * Pure: the same revision, photos and language make the same text. In the place of each photo stands a mark; `write-report.ts` puts it there.
 */
import type { CommissioningContent, CommissioningItem, LineFigures, Signature } from '../../panel/api/commissioning.js';
import { tallyWords } from '../commissioning-entries.js';
import { roleWords, stateWords } from '../commissioning-words.js';
import { type Html, html, nothing, table } from './html.js';
import { stripDrawing, timeScale, timesDrawing } from './line-drawing.js';
import { reportPolicy, reportStyle } from './report-style.js';
import { type ReportLang, type ReportSpoken, spokenIn } from './report-words.js';
import type { Revision } from './revision-folder.js';

const languageTags: Readonly<Record<ReportLang, string>> = { zh: 'zh-CN', en: 'en' };

/** `photos`: names of those that are there. */
export function reportHtml({ file, content }: Revision, photos: ReadonlySet<string>, lang: ReportLang): string {
  const spoken = spokenIn(lang, content.timeZone);
  const { t, say } = spoken;
  const title = `${t('title')} · ${say(content.site.name)} · ${t('revision', { n: content.revision })}`;
  const body = html`<main><h1>${t('title')}</h1>${head(content, file.sha256, spoken)}
<h2>${t('summary')}</h2><p class="big">${tallyWords(content.tally)[lang]}</p>
${itemsPart(content, spoken)}${outputsPart(content, spoken)}${linesPart(content, spoken)}${uplinksPart(content, spoken)}
${devicesPart(content, spoken)}${photosPart(content, photos, spoken)}${checkedPart(content, spoken)}
${signaturesPart(file.signatures, file.sha256, spoken)}</main>`;
  return [
    `<!doctype html><html lang="${languageTags[lang]}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${reportPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    html`<title>${title}</title>`.html,
    `<style>${reportStyle}</style></head><body>${body.html}</body></html>\n`,
  ].join('');
}

function head(content: CommissioningContent, sha256: string, spoken: ReportSpoken): Html {
  const { t, say, time, clock } = spoken;
  const { site, warranty } = content;
  const facts: readonly (readonly [string, string | Html])[] = [
    [t('site'), `${say(site.name)} (${site.id})`],
    [t('district'), site.district],
    [t('begun'), time(content.begunWall)],
    [t('frozen'), `${time(content.frozenWall)} · ${t('revision', { n: content.revision })}`],
    [t('tester'), `${content.tester} (${t('account')} ${content.begunBy})`],
    [t('organisation'), content.organisation ?? t('nothing')],
    [t('version'), `Gengfu ${content.version}`],
    [t('siteFile'), html`<code>${content.siteSha256 ?? t('nothing')}</code>`],
    [t('digest'), html`<code>${sha256}</code>`],
    [t('clock'), clock(content.clock)],
    [t('warranty'), warranty?.until ?? t('none')],
    ...(content.note === null ? [] : ([[t('note'), content.note]] as const)),
  ];
  return html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

const outputKinds: ReadonlySet<CommissioningItem['kind']> = new Set(['output', 'speaker']);

function itemsPart(content: CommissioningContent, spoken: ReportSpoken): Html {
  const { t, say, evidence } = spoken;
  const zones = new Map(content.zones.map(({ id, name }) => [id, say(name)]));
  const heads = [
    ...[t('item'), t('place'), t('zone'), t('state'), t('when'), t('who'), t('how')],
    ...[t('detection'), t('counted'), t('reason')],
  ];
  const all = content.items
    .filter(({ kind }) => !outputKinds.has(kind))
    .map((item) => [
      html`${say(item.name)} <small>${item.subject}</small>`,
      say(item.place),
      item.zone === null ? '' : (zones.get(item.zone) ?? item.zone),
      stateCell(item, spoken),
      item.wall === null ? '' : spoken.time(item.wall),
      item.by ?? '',
      evidence(item.how),
      isTimed(item) ? (item.detectionMs === null ? t('noTime') : duration(item.detectionMs, spoken)) : '',
      item.countedMs === null ? '' : `≤ ${duration(item.countedMs, spoken)}`,
      item.reason ?? '',
    ]);
  return html`<h2>${t('items')}</h2><div class="scroll">${table(heads, all)}</div>`;
}

function isTimed({ kind, state }: CommissioningItem): boolean {
  return state === 'passed' && (kind === 'detector' || kind === 'call-point' || kind === 'contact' || kind === 'key');
}

function stateCell({ state }: Pick<CommissioningItem, 'state'>, { lang }: ReportSpoken): Html {
  return html`<span class="state ${state}">${stateWords[state][lang]}</span>`;
}

function outputsPart(content: CommissioningContent, spoken: ReportSpoken): Html {
  const { t, say, time } = spoken;
  const yesNo = (is: boolean): string => (is ? t('yes') : t('no'));
  const heads = [
    ...[t('item'), t('state'), t('provenOn'), t('provenOff'), t('heard'), t('when'), t('who'), t('reason')],
  ];
  const all = content.items
    .filter(({ kind }) => outputKinds.has(kind))
    .map((item) => [
      html`${say(item.name)} <small>${item.subject}</small>`,
      stateCell(item, spoken),
      item.kind === 'speaker' ? t('byEar') : yesNo(item.provenOn),
      item.kind === 'speaker' ? '' : yesNo(item.provenOff),
      item.isHeard === null ? '' : yesNo(item.isHeard),
      item.wall === null ? '' : time(item.wall),
      item.by ?? '',
      item.reason ?? '',
    ]);
  return all.length === 0 ? nothing : html`<h2>${t('outputs')}</h2><div class="scroll">${table(heads, all)}</div>`;
}

function linesPart({ lines }: CommissioningContent, spoken: ReportSpoken): Html {
  if (lines.length === 0) return nothing;
  return html`<h2>${spoken.t('lines')}</h2>${lines.map((line) => linePart(line, spoken))}`;
}

function linePart(line: LineFigures, spoken: ReportSpoken): Html {
  const { t, say } = spoken;
  const { counted, worstAgeMs, deadlineMs, measuredMs, loadPercent, stripMs } = line;
  const isFire = counted !== null && counted.worstMs !== null;
  const budgets = table(
    ['', t('measured'), t('countedBudget', { n: counted?.deadUnits ?? 0 }), t('limit')],
    [
      [
        t('worstAge'),
        worstAgeMs === null ? '–' : html`${duration(worstAgeMs, spoken)} <small>${line.worstPoint ?? ''}</small>`,
        isFire ? duration(counted.worstMs ?? 0, spoken) : '–',
        isFire ? duration(deadlineMs, spoken) : '–',
      ],
      [
        t('load'),
        loadPercent === null ? '–' : `${loadPercent} %`,
        counted === null ? '–' : `${Math.ceil(counted.loadPercent)} %`,
        '',
      ],
      [t('measuredFor'), duration(measuredMs, spoken), '', ''],
    ],
  );
  const scale = timeScale(line);
  const turnaround = counted?.turnaroundMs ?? null;
  const units = line.units.map((unit) => {
    const { minMs, medianMs, maxMs } = unit;
    const times = minMs === null ? '–' : `${minMs} / ${medianMs ?? '–'} / ${maxMs ?? '–'} ms`;
    return [
      html`${say(unit.name)} <small>${unit.unit}</small>`,
      unit.address,
      unit.requests,
      unit.answers,
      unit.timeouts,
      unit.crcErrors,
      unit.lateAnswers + unit.doubles,
      html`${times}${timesDrawing(unit, scale, turnaround, `${unit.unit}: ${times}`)}`,
      stripDrawing(unit, `${unit.unit}: ${unit.answers} / ${unit.requests}`),
    ];
  });
  const heads = [
    ...[t('unit'), t('address'), t('requests'), t('answers'), t('timeouts'), t('crc'), t('late')],
    ...[
      `${t('answerTimes')}${turnaround === null ? '' : `（${t('assumed')} ${turnaround} ms）`}`,
      t('strip', { s: stripMs / 1000 }),
    ],
  ];
  return html`<h3>${say(line.name)} <small>${line.line} · ${line.settings}</small></h3>${budgets}<div class="scroll">${table(heads, units)}</div>`;
}

function uplinksPart({ uplinks }: CommissioningContent, spoken: ReportSpoken): Html {
  const { t, time } = spoken;
  if (uplinks.length === 0) return nothing;
  const took = (ms: number | null): string => (ms === null ? '–' : `+${duration(ms, spoken)}`);
  const all = uplinks.map(({ uplink, queuedWall, carriedMs, keptMs }) => [
    ...[uplink, queuedWall === null ? '–' : time(queuedWall), took(carriedMs), took(keptMs)],
  ]);
  return html`<h2>${t('uplinks')}</h2>${table(['', t('queued'), t('carried'), t('kept')], all)}`;
}

function devicesPart({ devices, zones }: CommissioningContent, { t, say }: ReportSpoken): Html {
  const names = new Map(zones.map(({ id, name }) => [id, say(name)]));
  const heads = [
    ...[t('unit'), t('place'), t('zone'), t('line'), t('address'), t('profile'), t('profileRevision'), t('firmware')],
  ];
  const all = devices.map(({ id, name, place, zone, line, address, profile, revision, firmware }) => [
    html`${say(name)} <small>${id}</small>`,
    say(place),
    zone === null ? '' : (names.get(zone) ?? zone),
    line ?? '',
    address ?? '',
    profile,
    revision ?? '',
    firmware ?? t('noFirmware'),
  ]);
  return html`<h2>${t('devices')}</h2><div class="scroll">${table(heads, all)}</div>`;
}

function photosPart({ items }: CommissioningContent, photos: ReadonlySet<string>, { t, say }: ReportSpoken): Html {
  const figures = items.flatMap((item) =>
    item.photos.map((name) => {
      const what = `${say(item.place)} ${say(item.name)}`.trim();
      return !photos.has(name)
        ? html`<figure><p>${t('noPhoto')}</p><figcaption>${what} <code>${name}</code></figcaption></figure>`
        : html`<figure><img alt="${what}" src="${photoMark(name)}"><figcaption>${what}</figcaption></figure>`;
    }),
  );
  return figures.length === 0 ? nothing : html`<h2>${t('photos')}</h2>${figures}`;
}

function checkedPart({ checkedAgainst }: CommissioningContent, { t, lang }: ReportSpoken): Html {
  const all = checkedAgainst.map((rule) => [rule.id, rule[lang], rule.mark]);
  return html`<h2>${t('checked')}</h2><p>${t('checkedWhat')}</p>${table([t('clause'), t('behaviour'), t('sure')], all)}`;
}

function signaturesPart(signatures: readonly Signature[], sha256: string, spoken: ReportSpoken): Html {
  const { t, say, time } = spoken;
  const all = signatures.map(({ role, name, organisation, wall, mark }) => [
    say(roleWords[role]),
    name,
    organisation ?? '',
    time(wall),
    mark === null
      ? `☑ ${t('ticked')}`
      : html`<svg class="mark" role="img" aria-label="${name}" viewBox="0 0 400 120"><path d="${mark}"/></svg>`,
  ]);
  const signed = table([t('role'), t('name'), t('organisation'), t('when'), t('mark')], all);
  return html`<h2>${t('signatures')}</h2>${all.length === 0 ? html`<p>${t('unsigned')}</p>` : signed}<p><small>${t('sealed', { sha: sha256 })}</small></p>`;
}

/** What no text of a person can be: it has a control character. */
export function photoMark(name: string): string {
  return `\u0001${name}\u0001`;
}

/** `230 ms`, `1.8 s`. */
function duration(ms: number, { t }: ReportSpoken): string {
  return ms < 1000 ? t('ms', { n: Math.round(ms) }) : t('seconds', { n: Math.round(ms / 100) / 10 });
}
