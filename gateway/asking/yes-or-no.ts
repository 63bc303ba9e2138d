/** Yes or no. */
import type { Asker } from './asker.js';

/** As often as this something else may be typed before it counts as given up. */
const triesMax = 5;
const yesWords = /^(?:y|yes|是|好|对)$/i;
const noWords = /^(?:n|no|否|不|不是|没有|没)$/i;

/** Null: given up. `usual`: what an empty line means. What is neither is asked again, since a wrong guess would be kept as somebody's word. */
export async function yesOrNo(
  asker: Asker,
  question: string,
  lang: 'zh' | 'en',
  usual: 'yes' | 'no',
): Promise<boolean | null> {
  const [yes, no] = usual === 'yes' ? ['Y', 'n'] : ['y', 'N'];
  const prompt = lang === 'zh' ? `${question}？[${yes}=是 / ${no}=否] ` : `${question}? [${yes}/${no}] `;
  for (let tries = 0; tries < triesMax; tries++) {
    const typed = await asker.ask(prompt);
    if (typed === null) return null;
    const answer = typed.trim();
    if (answer === '') return usual === 'yes';
    if (yesWords.test(answer)) return true;
    if (noWords.test(answer)) return false;
    asker.tell(lang === 'zh' ? '请答 y（是）或 n（否）' : 'please answer y or n');
  }
  return null;
}
