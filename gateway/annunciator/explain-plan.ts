/** A response plan in words: who hears what when. For people who must agree to it, before anything burns. Pure. */
import type { OutputId } from '../../config/ids.js';
import type { OutputConfig, PlanConfig, PlanStep, Say, SiteConfig, StepStart } from '../../config/site.js';
import { classWords, type Words } from '../../config/vocabulary.js';

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
  const over = plan.allClear === undefined ? [] : [allClear(plan.allClear, config)[lang]];
  const isConfirmed = plan.steps.some(({ start }) => start.some(({ kind }) => kind === 'confirmed'));
  const note = isConfirmed ? [confirmedNote[lang]] : [];
  return [head, ...[...steps, ...over].map((line) => `  ${line}`), ...note.map((line) => `  ${line}`)].join('\n');
}

const confirmedNote: Words = {
  zh: '（证实：同防区第二个探测器在另一次巡检中报警，或按下手动报警按钮，或无人确认时同防区另一探测器失联）',
  en: '(confirmed: a second detector of the zone in another scan, a manual call point, or a detector of the zone lost before anybody acknowledged)',
};

function explainStep({ start, sound, say = [] }: PlanStep, config: SiteConfig): Words {
  const when = start.map(startWords);
  const heard = sound.length === 0 ? [] : [listed(sound.map((id) => outputName(id, config.outputs)))];
  const parts = [...heard, ...say.map((each) => sayWords(each, config))];
  const what = { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') };
  return {
    zh: `${when.map((each) => each.zh).join('，或')}：${what.zh}`,
    en: `${when.map((each) => each.en).join(', or ')}: ${what.en}`,
  };
}

/** `“fire” on hall horn, street horn`. */
function sayWords({ message, speakers }: Say, config: SiteConfig): Words {
  const what = config.messages.find(({ id }) => id === message)?.name ?? { zh: message, en: message };
  const where = listed(
    speakers.map((id) => config.speakers.find((speaker) => speaker.id === id)?.name ?? { zh: id, en: id }),
  );
  return { zh: `${where.zh}播报“${what.zh}”`, en: `“${what.en}” on ${where.en}` };
}

function allClear(say: Say, config: SiteConfig): Words {
  const { zh, en } = sayWords(say, config);
  return { zh: `全部复位后：${zh}`, en: `after the last reset: ${en}` };
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

function outputName(id: OutputId, outputs: readonly OutputConfig[]): Words {
  return outputs.find((output) => output.id === id)?.name ?? { zh: id, en: id };
}

function listed(names: readonly Words[]): Words {
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}
