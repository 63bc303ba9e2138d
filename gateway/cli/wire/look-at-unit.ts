/** `gengfu profile look`: a unit without a paper. */
import { open } from 'node:fs/promises';
import { Look, type LookRow, lookAsTable, lookFor } from '../../profiles/look.js';
import { pressMaxMs } from '../../profiles/trial-run.js';
import { phaseWords } from '../../profiles/trial-screen.js';
import { addressText } from '../../profiles/trial-words.js';
import { listen } from './interrupt.js';
import type { ProfileOptions } from './profile-options.js';
import { exits, unitOnLine } from './unit-on-line.js';

const quietMs = 10_000;
/** After the first register has moved others may follow, ms. */
const settleMs = 3_000;

/** The exit status; null: it is set. */
export async function lookAtUnit(options: ProfileOptions): Promise<number | null> {
  const { lang, json } = options;
  const unit = await unitOnLine(options, { baud: 9600, parity: 'none', stopBits: 1, slowestReplyMs: 500 }, null);
  if (unit === null) return null;
  const { clock } = unit;
  const look = new Look(unit.ask);
  const interrupt = listen();
  const tell = (phase: keyof typeof phaseWords): void => {
    process.stderr.write(`${phaseWords[phase][lang]}\n`);
  };
  try {
    tell('quiet');
    await lookFor(look, clock, options.for ?? quietMs, interrupt.isThere);
    if (options.press !== false && look.answered > 0 && !interrupt.isThere()) {
      look.phase = 'pressed';
      tell('pressed');
      let movedMono: number | null = null;
      await lookFor(look, clock, pressMaxMs, () => {
        if (look.rows.some(isFound)) movedMono ??= clock.mono();
        return interrupt.isThere() || (movedMono !== null && clock.mono() - movedMono >= settleMs);
      });
    }
  } finally {
    interrupt.stop();
    await unit.close();
  }
  if (look.answered === 0) {
    process.stderr.write(lang === 'zh' ? `地址 ${unit.address} 无应答\n` : `address ${unit.address} did not answer\n`);
    return exits.unanswered;
  }
  const { rows } = look;
  if (json === true) process.stdout.write(`${JSON.stringify({ ok: true, unit: unit.address, rows })}\n`);
  else process.stdout.write(`${rows.map(rowText).join('\n')}\n${sumText(rows, lang)}\n`);
  return options.save === undefined ? exits.done : save(options, options.save, rows);
}

function isFound({ isMoved, isRestless }: LookRow): boolean {
  return isMoved && !isRestless;
}

function rowText(row: LookRow): string {
  const { table, address, value, quiet, pressed, isRestless } = row;
  const mark = isFound(row) ? '*' : isRestless ? '~' : ' ';
  const moved = isFound(row) ? `  ${quiet.join(' ')} → ${pressed.join(' ')}` : '';
  return `${mark} ${table.padEnd(7)} ${addressText(address)}  ${value.toString(16).toUpperCase().padStart(4, '0')}  ${value}${moved}`;
}

function sumText(rows: readonly LookRow[], lang: 'zh' | 'en'): string {
  const found = rows.filter(isFound).length;
  return lang === 'zh'
    ? `可读 ${rows.length} 个寄存器；按下后变化的 ${found} 个（*），自己会变的标 ~`
    : `${rows.length} registers can be read; ${found} moved when it was pressed (*), those that move by themselves are marked ~`;
}

async function save({ lang }: ProfileOptions, file: string, rows: readonly LookRow[]): Promise<number> {
  try {
    const handle = await open(file, 'wx', 0o644);
    await handle.writeFile(lookAsTable(rows));
    await handle.close();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    process.stderr.write(
      lang === 'zh'
        ? `${file} 写不了（${code}），不覆盖已有文件\n`
        : `${file} can not be written (${code}); nothing is written over\n`,
    );
    return exits.wrong;
  }
  const next = `gengfu profile new own-… --from ${file}`;
  process.stderr.write(
    lang === 'zh'
      ? `已存：${file}。填上 role、名称，然后：${next}\n`
      : `saved: ${file}. Fill in role and names, then: ${next}\n`,
  );
  return exits.done;
}
