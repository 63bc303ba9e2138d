/** Sound cards, where the site plays files through ALSA. Nothing is played. */
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';

const { ok, problem } = findingsOf('audio');

export async function checkAudio({ view, outside, config }: BoxLook): Promise<readonly Finding[]> {
  const players = (config?.speakers ?? []).filter(({ player }) => player.kind === 'aplay');
  if (players.length === 0) return [];
  const cards = [...((await view.text('/proc/asound/cards')) ?? '').matchAll(/^\s*(\d+) \[(\S+)\s*\]: (.*)$/gm)];
  const what = words('声卡', 'sound cards');
  const fix = words(
    '插上声卡；树莓派：config.txt 写 dtparam=audio=on',
    'plug a sound card in; on a Raspberry Pi: dtparam=audio=on in config.txt',
  );
  if (cards.length === 0) return [problem(what, words('没有', 'there is none'), fix)];
  const ids = new Set(cards.flatMap(([, number = '', id = '']) => [number, id]));
  const found: Finding = ok(
    what,
    plain(
      cards
        .map(([, number, id, name]) => `${number} ${id}: ${name}`)
        .join('; ')
        .slice(0, 160),
    ),
  );
  const program =
    (await outside.run('aplay', ['--version'])) === null
      ? [problem(plain('aplay'), words('没有这个程序', 'there is no such program'), plain('apt install alsa-utils'))]
      : [];
  const missing = players.flatMap(({ id, player }) => {
    const device = player.kind === 'aplay' ? player.device : null;
    const card = /^(?:plug)?hw:(?:CARD=)?([^,]+)/.exec(device ?? '')?.[1];
    if (card === undefined || ids.has(card)) return [];
    return [
      problem(
        words(`喇叭 ${id}`, `loudspeaker ${id}`),
        words(`没有声卡 ${device}`, `there is no card ${device}`),
        words('aplay -l 看名称，改 device', 'see its name with aplay -l, change device'),
      ),
    ];
  });
  return [found, ...program, ...missing];
}
