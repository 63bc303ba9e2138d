/** `panel:`, `households:` and `what_to_do:` of a site file. */
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../config/problem.js';
import { usualSteps } from '../../config/site-defaults.js';
import { alarmClasses } from '../../config/vocabulary.js';
import { configOf, problemsOf, siteText } from './rig.js';

const withKeys = (keys: string): string => siteText(['uplinks:', `${keys}\nuplinks:`]);

describe('the panel', () => {
  it('is not there unless the file says so', () => {
    expect(configOf(siteText())).toMatchObject({ panel: null, households: [] });
  });

  it('is served on the box itself, without encryption, where nothing else is said', () => {
    expect(configOf(withKeys('panel: {}')).panel).toEqual({
      listen: '127.0.0.1',
      port: 8080,
      names: [],
      tls: { kind: 'none' },
      signOutAfterMs: 600_000,
      night: { fromMin: 22 * 60, toMin: 7 * 60 },
    });
  });

  it('takes an address, its own certificate or files beside the site file, names, and another night', () => {
    const own = configOf(withKeys('panel: {listen: "::", port: 443, tls: own, night: {to: "05:30"}}')).panel;
    expect(own).toMatchObject({ listen: '::', port: 443, tls: { kind: 'own' }, night: { fromMin: 1320, toMin: 330 } });
    expect(configOf(withKeys('panel: {names: [Fire.YunXi.cn, box, fire.yunxi.cn]}')).panel?.names).toEqual([
      'fire.yunxi.cn',
      'box',
    ]);
    const files = configOf(withKeys('panel: {tls: {cert: tls/box.pem, key: /etc/box.key}}')).panel;
    expect(files?.tls).toEqual({ kind: 'files', cert: '/site/tls/box.pem', key: '/etc/box.key' });
  });
});

describe('a household', () => {
  it('has a door and why it needs help; all else may be left out', () => {
    expect(
      configOf(withKeys('households: [{id: h1, door: {zh: 老街 12 号, en: 12 Old St}, care: [elderly_alone]}]')),
    ).toMatchObject({
      households: [
        {
          id: 'h1',
          door: { zh: '老街 12 号', en: '12 Old St' },
          zone: null,
          care: ['elderly-alone'],
          ...{ people: null, phone: null, note: null, near: [] },
        },
      ],
    });
  });

  it('is never quoted in a problem: neither values nor keys that are not known, nor ids that are not there', () => {
    const secrets = ['13800138000', '王秀英', 'wangxiuying', 'secret-1', 'secret-zone', 'secret-device'];
    const problems = problemsOf(
      withKeys(`households:
  - {id: 王秀英, door: 1, care: [elderly_alone], phone: 13800138000, wangxiuying: 1, people: [王秀英]}
  - {id: secret-1, door: a, care: [elderly_alone, 王秀英], zone: secret-zone, near: [王秀英]}
  - {id: secret-1, door: a, care: [other], zone: secret-zone, near: [secret-device], note: "${'王秀英'.repeat(70)}"}
  - {id: secret-1, door: a, care: [other]}
  - {id: secret-1, door: a, care: [other]}
  - 13800138000`),
    );
    expect(problems.length).toBeGreaterThan(9);
    const told = problems.flatMap((problem) => [
      JSON.stringify(problem),
      describeProblem(problem, 'zh'),
      describeProblem(problem, 'en'),
    ]);
    expect(told.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
  });

  it('an unquoted number of a phone is told what to do, without the number', () => {
    const [problem] = problemsOf(withKeys('households: [{id: h1, door: a, care: [other], phone: 13800138000}]'));
    expect([problem?.code, problem?.hint?.en, problem?.where]).toEqual([
      'CONF-013',
      'put it in quotes',
      'households[0].phone',
    ]);
  });
});

describe('what to do', () => {
  it('stands in a plan as it is written', () => {
    const { plans } = configOf(
      siteText(['siren-main]}', 'siren-main], what_to_do: [去看, {zh: 打119, en: call 119}]}']),
    );
    expect(plans[0]?.whatToDo).toEqual([
      { zh: '去看', en: '去看' },
      { zh: '打119', en: 'call 119' },
    ]);
  });

  it('has a few short steps for every class, in both languages; a fire calls 119 and asks nobody to stay', () => {
    for (const alarmClass of alarmClasses) {
      const steps = usualSteps[alarmClass];
      expect(steps.length).toBeGreaterThanOrEqual(1);
      expect(steps.length).toBeLessThanOrEqual(5);
      for (const { zh, en } of steps) {
        expect(zh).toMatch(/^[\u4e00-\u9fff].{3,24}$/);
        expect(en).toMatch(/^[A-Z].{10,70}$/);
      }
    }
    expect(usualSteps.fire.map(({ zh }) => zh).join()).toContain('119');
  });
});
