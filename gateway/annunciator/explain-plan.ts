/** A response plan in words: who hears what when. For people who must agree to it, before anything burns. Pure. */
import type { Cadence, PlanConfig, PlanStep, Say, SiteConfig, StepStart } from '../../config/site.js';
import { classWords, type Words } from '../../config/vocabulary.js';
import { explainSay, listed, outputNames } from './explain-say.js';

/** Every plan of the site, without the last line end. */
export function explainPlans(config: SiteConfig, lang: 'zh' | 'en'): string {
  const { plans } = config;
  if (plans.length === 0) return lang === 'zh' ? '没有预案：什么都不会响' : 'no plans: nothing would sound';
  return plans.map((plan) => explainPlan(plan, config, lang)).join('\n\n');
}

function explainPlan(plan: PlanConfig, config: SiteConfig, lang: 'zh' | 'en'): string {
  const zh = lang === 'zh';
  const { zones } = plan.when;
  const where =
    zones === 'all'
      ? { zh: '所有防区', en: 'any zone' }
      : listed(zones.map((id) => config.zones.find((zone) => zone.id === id)?.name ?? { zh: id, en: id }));
  const head = zh
    ? `预案 ${plan.id}：${where.zh}的${classWords[plan.when.class].zh}`
    : `plan ${plan.id}: ${classWords[plan.when.class].en} in ${where.en}`;
  const steps = plan.steps.map((step) => explainStep(step, config)[lang]);
  const { allClear } = plan;
  const clear = allClear === undefined ? [] : [explainClear(allClear, config)[lang]];
  const rhythm = [explainCadence(config.cadences[plan.when.class], plan.steps.some(speaks))[lang]];
  const isConfirmed = plan.steps.some(({ start }) => start.some(({ kind }) => kind === 'confirmed'));
  const note = isConfirmed ? [confirmedNote[lang]] : [];
  return [head, ...[...steps, ...clear, ...note, ...rhythm].map((line) => `  ${line}`)].join('\n');
}

function speaks({ say = [] }: PlanStep): boolean {
  return say.length > 0;
}

const confirmedNote: Words = {
  zh: '（证实：同防区第二个探测器在另一次巡检中报警，或按下手动报警按钮，或无人确认时同防区另一探测器失联）',
  en: '(confirmed: a second detector of the zone in another scan, a manual call point, or a detector of the zone lost before anybody acknowledged)',
};

function explainStep({ start, sound, say = [] }: PlanStep, config: SiteConfig): Words {
  const when = start.map(startWords);
  const outputs = sound.length === 0 ? [] : [outputNames(sound, config)];
  const what = [...outputs, ...say.map((each) => explainSay(each, config))];
  return {
    zh: `${when
      .map((each) => each.zh)
      .join('，或')
      .replaceAll(/或(?=\d)/g, '或 ')}：${what.map((each) => each.zh).join('；')}`,
    en: `${when.map((each) => each.en).join(', or ')}: ${what.map((each) => each.en).join('; ')}`,
  };
}

function explainClear(say: Say, config: SiteConfig): Words {
  const { zh, en } = explainSay(say, config);
  return { zh: `全部复位后：${zh}`, en: `when all of it is reset: ${en}` };
}

/** How long what is heard, as a person would say it. */
function explainCadence(
  { burstMs, pauseMs, voiceMs, soundsMs, restsMs, resoundMs }: Cadence,
  isSpoken: boolean,
): Words {
  const s = (ms: number): number => ms / 1000;
  const turns: Words = isSpoken
    ? {
        zh: `警铃 ${s(burstMs)} 秒与语音（最长 ${s(voiceMs)} 秒）交替`,
        en: `sirens for ${s(burstMs)} s and voice (${s(voiceMs)} s at most) in turn`,
      }
    : pauseMs > 0
      ? { zh: `警铃响 ${s(burstMs)} 秒停 ${s(pauseMs)} 秒`, en: `sirens ${s(burstMs)} s on, ${s(pauseMs)} s off` }
      : { zh: '警铃连续响', en: 'sirens without a gap' };
  const rests: Words =
    restsMs === 0
      ? { zh: '', en: '' }
      : {
          zh: `，每 ${s(soundsMs)} 秒静 ${s(restsMs)} 秒`,
          en: `, quiet for ${s(restsMs)} s after every ${s(soundsMs)} s`,
        };
  const again: Words =
    resoundMs === null
      ? { zh: '', en: '' }
      : {
          zh: `；消音后仍在报警，${s(resoundMs) / 60} 分钟后再响`,
          en: `; silenced and still in alarm, again after ${s(resoundMs) / 60} min`,
        };
  return { zh: `${turns.zh}${rests.zh}${again.zh}`, en: `${turns.en}${rests.en}${again.en}` };
}

function startWords(start: StepStart): Words {
  switch (start.kind) {
    case 'at-once':
      return { zh: '立即', en: 'at once' };
    case 'confirmed':
      return { zh: '火情证实时', en: 'when the fire is confirmed' };
    case 'unacknowledged':
      return {
        zh: `${start.afterMs / 1000} 秒内无人确认`,
        en: `when nobody has acknowledged for ${start.afterMs / 1000} s`,
      };
    case 'after':
      return { zh: `报警 ${start.afterMs / 1000} 秒后`, en: `${start.afterMs / 1000} s after the alarm` };
  }
}
