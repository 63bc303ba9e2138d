/** Yes or no. */
import type { Asker } from './asker.js';

/** Null: given up. `usual`: what an empty line means. Whatever is no clear yes is no. */
export async function yesOrNo(
  asker: Asker,
  question: string,
  lang: 'zh' | 'en',
  usual: 'yes' | 'no',
): Promise<boolean | null> {
  const [yes, no] = usual === 'yes' ? ['Y', 'n'] : ['y', 'N'];
  const typed = await asker.ask(
    lang === 'zh' ? `${question}？[${yes}=是 / ${no}=否] ` : `${question}? [${yes}/${no}] `,
  );
  if (typed === null) return null;
  const answer = typed.trim();
  return answer === '' ? usual === 'yes' : /^(?:y|yes|是|好|对)$/i.test(answer);
}
