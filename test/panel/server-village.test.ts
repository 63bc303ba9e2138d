/** The panel's server, asked without a network: what it keeps of the village, and who is told of it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapPlan } from '../../gateway/panel/api/map.js';
import type { Incident } from '../../gateway/panel/api/state.js';
import { makeHandlers } from '../../gateway/panel/server/handlers.js';
import { MapStore } from '../../gateway/panel/server/map-store.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { away, filter, png } from './server-asks.js';
import { csrf, entry, journal, type PanelRig, stateOf } from './server-rig.js';
import { sharedPanel } from './shared-panel.js';

let rig: PanelRig;
const { isAlone, ask } = sharedPanel((panel) => {
  rig = panel;
});

describe('what people have written', () => {
  /** Who asks, from where, and whether what people have written is told. */
  it.each([
    ['', '127.0.0.1', true],
    ['level 1', '127.0.0.1', true],
    ['level 1', away, false],
    ['level 2', away, true],
    ['token', away, false],
    ['token', '127.0.0.1', false],
  ])('to "%s" from %s of what people have written: %s', async (who, from, isTold) => {
    const kinds = ['incident.noted', 'shift.taken', 'call.reported', 'user.refused', 'incident.verdict'] as const;
    const said = { zh: '张三', en: '张三' };
    const rows = [
      ...kinds.map((kind) => ({
        // Words of notes and handovers are always the same.
        ...{ ...entry, kind, words: /noted|shift/.test(kind) ? entry.words : said },
        detail:
          kind === 'incident.verdict' ? { call: 'c1', verdict: 'test' } : { call: 'c1', note: '张三', open: ['张三'] },
      })),
      entry,
    ];
    const one = {
      ...journal,
      page: async () => ({ entries: rows, next: null, tookMs: 1 }),
      entry: async () => rows[0] ?? null,
    };
    isAlone({
      reader: {
        ...one,
        search: async (_span, onEntry) => {
          for (const row of rows) await onEntry(row);
        },
        exportRows: async (_span, onRows) => onRows(rows),
      },
    });
    const wrote = { wall: 1, by: 'panel', what: 'arrived', text: '张三' } as const;
    const call: Incident = {
      ...{ id: 'c1', kind: 'call', name: said, place: '张三家', zone: null, beganWall: 1 },
      ...{ verdict: null, isClosed: false, notes: [wrote] },
    };
    const incidents = {
      c1: call,
      a1: { ...call, id: 'a1', kind: 'alarm', name: { zh: '烟感', en: 'smoke' }, place: null },
    } as const;
    rig.say({ kind: 'state', state: stateOf({ incidents, shift: { person: '张三', sinceWall: 5, note: '张三' } }) });
    for (const name of ['state', 'history', 'entry', 'search', 'export'] as const) {
      const { statusCode, body } = await ask(name, { who, from });
      expect([name, statusCode, body.includes('张三')]).toEqual([name, 200, isTold]);
      expect(body).toContain(name === 'state' ? '烟感' : name === 'entry' ? '"c1"' : entry.id);
    }
    const { shift, incidents: shown } = (await ask('state', { who, from })).json();
    expect([shift.sinceWall, shift.person === null, shown.c1.notes.length, shown.a1.notes[0].what]).toEqual([
      ...[5, false, 1, 'arrived'],
    ]);
    const found = (await ask('search', { who, from })).body.trim().split('\n');
    expect(found).toHaveLength(isTold ? 6 : 1);
  });
});

describe('the village plan', () => {
  const plan = {
    plans: [{ id: 'p', name: { zh: '村', en: 'village' }, image: 'plan.png', aspect: 1.5, pins: [] }],
    revision: 0,
  };

  it('is replaced whole by whoever saw the newest, and the change is told', async () => {
    isAlone();
    expect((await ask('setMap', { payload: plan })).json()).toMatchObject({ revision: 1 });
    expect((await ask('setMap', { payload: plan })).json()).toMatchObject({
      code: 'map-changed',
      expected: '1',
      got: '0',
    });
    expect(mapPlan.parse(JSON.parse(readFileSync(join(rig.folder, 'panel/map.json'), 'utf8'))).revision).toBe(1);
    expect(rig.posted).toEqual([{ kind: 'note', what: { is: 'map-changed', user: 'wang', by: null, from: away } }]);
  });

  it('of a release without photos is read, and one with too many photos is refused', async () => {
    isAlone();
    await ask('setMap', { payload: plan });
    writeFileSync(join(rig.folder, 'panel/map.json'), JSON.stringify({ ...plan, revision: 7 }));
    expect((await ask('map')).json()).toEqual({ ...plan, photos: [], revision: 7 });
    const photos = Array.from({ length: 201 }, () => ({ of: 'smoke-1', kind: 'device', image: 'a.jpg' }));
    expect((await ask('setMap', { payload: { ...plan, photos, revision: 7 } })).statusCode).toBe(400);
  });

  it('that can not be read is kept aside, and begins anew', async () => {
    isAlone();
    await ask('setMap', { payload: plan });
    writeFileSync(join(rig.folder, 'panel/map.json'), '{"plans":');
    expect((await ask('map')).json()).toEqual({ plans: [], photos: [], revision: 0 });
    expect(existsSync(join(rig.folder, 'panel/map.json.broken'))).toBe(true);
  });

  const put = (name: string) =>
    rig.app.inject({
      method: 'PUT',
      url: `/api/v1/images/${name}`,
      headers: { authorization: 'level 3', 'x-gengfu-csrf': csrf, 'content-type': 'image/png' },
      payload: png,
    });
  const images = () => join(rig.folder, 'panel/images');
  const onDisk = () => readdirSync(images()).sort();
  const photoOf = (image: string) => ({ of: 'smoke-1', kind: 'device', image });

  it('has a bounded number of images; those that no plan and no photo shows make room', async () => {
    isAlone();
    const names = Array.from({ length: 240 }, (_, n) => `image-${n}.png`);
    const shown = names.slice(0, 20).map((image) => ({ ...plan.plans[0], image }));
    const photos = names.slice(20, 40).map((image, at) => ({ of: `smoke-${at}`, kind: 'device', image }));
    await ask('setMap', { payload: { plans: shown, photos, revision: 0 } });
    mkdirSync(images(), { recursive: true });
    for (const name of names) writeFileSync(join(images(), name), png);
    expect((await put('another.png')).statusCode).toBe(200);
    const kept = names.filter((name) => onDisk().includes(name));
    expect(kept.length).toBe(239);
    expect(kept.slice(0, 40)).toEqual(names.slice(0, 40));
  });

  it('keeps no photo that was taken off it or never saved, but one that somebody may still save', async () => {
    isAlone();
    const clock = new SimClock();
    const store = new MapStore(join(rig.folder, 'panel'), clock);
    const save = (revision: number, ...photos: readonly string[]) =>
      store.write({ plans: [], photos: photos.map((image) => ({ of: 'smoke-1', kind: 'device', image })), revision });
    for (const name of ['house.png', 'forgotten.png']) await store.writeImage(name, png);
    await save(0, 'house.png');
    expect(onDisk()).toEqual(['forgotten.png', 'house.png']);
    await clock.advance(11.9 * 3_600_000);
    await store.writeImage('another.png', png);
    await save(1);
    expect(onDisk()).toEqual(['another.png', 'forgotten.png']);
    await clock.advance(0.2 * 3_600_000);
    await save(2, 'another.png');
    expect(onDisk()).toEqual(['another.png']);
  });

  it('of a start before is without what was not saved; one that was set aside keeps its images', async () => {
    isAlone();
    const clock = new SimClock();
    const panel = join(rig.folder, 'panel');
    for (const name of ['house.png', 'unsaved.png']) await put(name);
    await ask('setMap', { payload: { plans: [], photos: [photoOf('house.png')], revision: 0 } });
    const begunAnew = async () => void (await new MapStore(panel, clock).writeImage('new.png', png));
    await begunAnew();
    expect(onDisk()).toEqual(['house.png', 'new.png']);
    writeFileSync(join(panel, 'map.json'), '{"photos":');
    expect((await new MapStore(panel, clock).read()).revision).toBe(0);
    await ask('setMap', { payload: { plans: [], revision: 0 } });
    await begunAnew();
    expect(onDisk()).toEqual(['house.png', 'new.png']);
  });
});

describe('the journal', () => {
  it('comes as CSV in the time of the site, with no formula in it', async () => {
    const { body, headers } = await ask('export');
    expect(headers['content-disposition']).toBe('attachment; filename="gengfu-journal.csv"');
    const [first, row] = body.split('\r\n');
    expect(first?.startsWith('\uFEFFtime,class,kind,zh')).toBe(true);
    expect(row?.startsWith('2026-05-29 04:26:40,fire,alarm.raised,"\'=HYPERLINK(""http://evil"")"')).toBe(true);
    const rows = (await ask('export', { payload: { ...filter, format: 'json' } })).json();
    expect(rows).toEqual([entry, entry]);
  });

  it('is looked through by four at most, also when seven ask in the same turn', async () => {
    const { search } = makeHandlers({ reader: journal } as never);
    const call = { body: filter, who: { level: 3, isOwnScreen: false, isToken: false } } as never;
    const answers = await Promise.all(Array.from({ length: 7 }, () => search(call)));
    expect(answers.filter(({ kind }) => kind === 'text')).toHaveLength(4);
    expect(answers.filter(({ kind }) => kind === 'refused')).toHaveLength(3);
  });

  it('that can not be read says so, and not more than four look through it at once', async () => {
    const open: (() => void)[] = [];
    const search = () => new Promise<void>((resolve) => open.push(resolve));
    const page = () => Promise.reject(new Error('disk at /dev/secret is gone'));
    isAlone({ reader: { ...journal, search, page } });
    const broken = await ask('history');
    expect([broken.statusCode, broken.json().code]).toEqual([503, 'no-journal']);
    expect(broken.body).not.toContain('secret');
    const searches = Array.from({ length: 7 }, () => ask('search'));
    await expect.poll(() => open.length, { timeout: 30_000 }).toBe(4);
    expect((await ask('search')).json().code).toBe('too-many-searches');
    for (const end of open) end();
    const codes = (await Promise.all(searches)).map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 200)).toHaveLength(4);
    expect(codes.filter((code) => code === 429)).toHaveLength(3);
  });
});
