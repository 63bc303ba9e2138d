/** A commissioning (验收): what is ordered about it, how it stands, and what a signed revision holds. */
import { z } from 'zod';
import { id, wall, words } from './words.js';

/** Items of a checklist; a site with more points shows the rest as one that can not be walked. */
export const itemsMax = 2000;
export const photosPerItemMax = 4;
/** Cells of a strip of line quality. */
export const stripCellsMax = 60;
export const signaturesMax = 8;
/** A drawn signature, characters of an SVG path. */
export const markMax = 6000;
/** Of a person's words. */
const noteMax = 300;
const nameMax = 60;

export const itemKinds = [
  'detector',
  'call-point',
  'contact',
  'value',
  'key',
  'link',
  'output',
  'speaker',
  'line',
  'uplink',
  'power',
  'clock',
] as const;
export const itemStates = ['open', 'passed', 'failed', 'not-applicable'] as const;
/** How it was found out. */
export const evidences = ['walk-test', 'alarm', 'change', 'read-back', 'measured', 'told', 'by-person'] as const;
export const signerRoles = ['installer', 'owner', 'supervisor', 'authority'] as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** By what it holds: its SHA-256. */
export const photoName = z.string().regex(/^[0-9a-f]{64}\.(?:png|jpg|webp)$/);
export const revisionNumber = z.string().regex(/^[1-9][0-9]{0,3}$/);
/** One line of a person's words: nothing that steers a terminal, and nothing that turns the order of letters round. */
const lineOf = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);
const note = lineOf(noteMax);
const name = lineOf(nameMax);
/** Drawn with a finger: only moves and lines, whole numbers of a field of 400 by 120. */
const mark = z
  .string()
  .max(markMax)
  .regex(/^(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+$/);
const day = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);

export const commissioningAsks = [
  z.strictObject({
    ask: z.literal('commissioning-begin'),
    /** Who tests, and for whom: they stand in the report and nowhere else. */
    tester: name,
    organisation: name.nullable(),
  }),
  /** "I press now": from here the detection is timed. */
  z.strictObject({ ask: z.literal('commissioning-press'), item: id }),
  /** A line is measured anew, a centre is sent a test entry. */
  z.strictObject({ ask: z.literal('commissioning-probe'), item: id }),
  z.strictObject({
    ask: z.literal('commissioning-judge'),
    item: id,
    to: z.enum(itemStates),
    /** Of `failed` and `not-applicable`; of `open` it says why it is not tested. */
    reason: note.nullable(),
    /** Of outputs: a person has heard or seen it; left out: nothing is said about that. */
    isHeard: z.boolean().optional(),
  }),
  z.strictObject({ ask: z.literal('commissioning-photo'), item: id, photo: photoName, to: z.enum(['add', 'remove']) }),
  z.strictObject({
    ask: z.literal('commissioning-freeze'),
    /** One of both, or none. */
    warrantyMonths: z.int().min(1).max(240).nullable(),
    warrantyUntil: day.nullable(),
    note: note.nullable(),
  }),
  /** All that is neither tried out nor excused, for one reason. */
  z.strictObject({ ask: z.literal('commissioning-excuse'), reason: note }),
  z.strictObject({ ask: z.literal('commissioning-reopen') }),
  z.strictObject({ ask: z.literal('commissioning-abandon') }),
  z.strictObject({
    ask: z.literal('commissioning-sign'),
    /** Of the content that the person has seen. */
    sha256,
    role: z.enum(signerRoles),
    name,
    organisation: name.nullable(),
    /** Null: ticked. */
    mark: mark.nullable(),
  }),
] as const;
export type CommissioningAsk = z.infer<(typeof commissioningAsks)[number]>;

export const commissioningItem = z
  .strictObject({
    id,
    kind: z.enum(itemKinds),
    /** Id of the point, output, loudspeaker, line, device or centre. */
    subject: id,
    name: words,
    place: words.nullable(),
    zone: id.nullable(),
    device: id.nullable(),
    state: z.enum(itemStates),
    reason: z.string().nullable(),
    how: z.enum(evidences).nullable(),
    /** The account; of what the gateway has seen by itself, whoever ordered the test. */
    by: z.string().nullable(),
    wall: wall.nullable(),
    /** From "I press now" to the raising; null: nobody pressed, or it was not timed. */
    detectionMs: z.number().nullable(),
    /** The most that `gengfu check` counts for this point with the dead units its line must stand. */
    countedMs: z.number().nullable(),
    /** Of an output: seen on, and off again, by its read-back. */
    provenOn: z.boolean(),
    provenOff: z.boolean(),
    isHeard: z.boolean().nullable(),
    photos: z.array(photoName).max(photosPerItemMax),
  })
  .meta({ id: 'CommissioningItem' });
export type CommissioningItem = z.infer<typeof commissioningItem>;

export const deviceRow = z.strictObject({
  id,
  name: words,
  place: words.nullable(),
  zone: id.nullable(),
  line: id.nullable(),
  address: z.string().nullable(),
  profile: z.string(),
  revision: z.int().nullable(),
  /** As the unit tells it; null: it tells none. */
  firmware: z.string().nullable(),
});

const count = z.int().min(0);
export const unitFigures = z.strictObject({
  unit: id,
  name: words,
  address: z.int(),
  requests: count,
  answers: count,
  timeouts: count,
  crcErrors: count,
  lateAnswers: count,
  doubles: count,
  minMs: z.number().nullable(),
  medianMs: z.number().nullable(),
  maxMs: z.number().nullable(),
  /** Answered, and not answered or garbled, in each stretch of `stripMs`; the newest last. */
  strip: z.array(z.tuple([count, count])).max(stripCellsMax),
});

export const lineFigures = z
  .strictObject({
    line: id,
    name: words,
    settings: z.string(),
    deadlineMs: z.number(),
    /** As `gengfu check` counts; null: nothing is asked on it. */
    counted: z
      .strictObject({
        worstMs: z.number().nullable(),
        deadUnits: z.int(),
        loadPercent: z.number(),
        turnaroundMs: z.number(),
      })
      .nullable(),
    measuredMs: z.number(),
    worstAgeMs: z.number().nullable(),
    worstPoint: id.nullable(),
    loadPercent: z.number().nullable(),
    stripMs: z.number(),
    units: z.array(unitFigures),
  })
  .meta({ id: 'LineFigures' });
export type LineFigures = z.infer<typeof lineFigures>;

export const uplinkFigures = z.strictObject({
  uplink: id,
  /** Of the test entry; null: none was sent. */
  queuedWall: wall.nullable(),
  carriedMs: z.number().nullable(),
  keptMs: z.number().nullable(),
});
export type UplinkFigures = z.infer<typeof uplinkFigures>;

export const tally = z.strictObject({
  passed: count,
  failed: count,
  notApplicable: count,
  notTested: count,
  all: count,
});
export type Tally = z.infer<typeof tally>;

const clauseRow = z.strictObject({ id: z.string(), mark: z.string(), zh: z.string(), en: z.string() });

/** What is signed. */
export const commissioningContent = z
  .strictObject({
    form: z.literal(1),
    revision: z.int().min(1),
    site: z.strictObject({ id, district: id, name: words }),
    timeZone: z.string(),
    zones: z.array(z.strictObject({ id, name: words })),
    /** Of the site file that ran; null: it is not known. */
    siteSha256: sha256.nullable(),
    version: z.string(),
    begunWall: wall,
    begunBy: z.string(),
    tester: z.string(),
    organisation: z.string().nullable(),
    frozenWall: wall,
    clock: z.enum(['trusted', 'hinted', 'untrusted']),
    note: z.string().nullable(),
    warranty: z.strictObject({ until: day, months: z.int().nullable() }).nullable(),
    tally,
    items: z.array(commissioningItem).max(itemsMax),
    devices: z.array(deviceRow),
    lines: z.array(lineFigures),
    uplinks: z.array(uplinkFigures),
    /** Rules that the behaviour was checked against, and how sure we are of their text. */
    checkedAgainst: z.array(clauseRow),
  })
  .meta({ id: 'CommissioningContent' });
export type CommissioningContent = z.infer<typeof commissioningContent>;

export const signature = z.strictObject({
  role: z.enum(signerRoles),
  name: z.string(),
  organisation: z.string().nullable(),
  wall,
  by: z.string(),
  mark: mark.nullable(),
});
export type Signature = z.infer<typeof signature>;

/** A file of the box; `content` is the exact text that the digest is of. */
export const revisionFile = z.strictObject({
  form: z.literal(1),
  sha256,
  content: z.string(),
  signatures: z.array(signature).max(signaturesMax),
});
export type RevisionFile = z.infer<typeof revisionFile>;

export const revisionRow = z
  .strictObject({
    revision: z.int(),
    sha256,
    frozenWall: wall,
    version: z.string(),
    tally,
    warrantyUntil: day.nullable(),
    signatures: z.array(signature),
  })
  .meta({ id: 'CommissioningRevision' });
export type RevisionRow = z.infer<typeof revisionRow>;

/** How the commissioning under way stands. */
export const commissioningView = z
  .strictObject({
    /** Another one, another view. */
    serial: z.int(),
    state: z.enum(['none', 'open', 'frozen', 'signed']),
    revision: z.int(),
    begunWall: wall.nullable(),
    tester: z.string().nullable(),
    organisation: z.string().nullable(),
    /** Of the frozen content. */
    sha256: sha256.nullable(),
    warrantyUntil: day.nullable(),
    tally,
    items: z.array(commissioningItem),
    lines: z.array(lineFigures),
    uplinks: z.array(uplinkFigures),
    signatures: z.array(signature),
    /** The item that somebody presses now. */
    pressed: z.strictObject({ item: id, wall }).nullable(),
    /** The item that was seen last. */
    seen: id.nullable(),
    /** Zones in which a walk test goes on. */
    walking: z.array(id),
    /** Points under test that are still in alarm: whoever walks waits for them. */
    stillActive: z.array(id),
    /** The disk does not take it, in words; null: it does. */
    trouble: words.nullable(),
  })
  .meta({ id: 'Commissioning' });
export type CommissioningView = z.infer<typeof commissioningView>;

/** `view` null: it is the one that was named. */
export const commissioningAnswer = z.strictObject({ serial: z.int(), view: commissioningView.nullable() });
