/** Which passwords are refused, and why, in words. Length, and a list of what is guessed first: nothing else (NIST SP 800-63B 5.1.1.2). Pure. */
import type { Words } from '../../../../config/vocabulary.js';
import { plainForm } from './password-hash.js';

const charsMin = 10;
const charsMax = 200;

/** What stands at the top of every list of leaked passwords and is long enough, and what a village would think of; without case. */
const common = new Set(
  `1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 123456789q q123456789 aa123456789 123456789aa
  1234567890a 1234512345 1234554321 123123123123 112233445566 147258369147 1472583690 7894561230 1357924680 1029384756
  5201314520 52013145201314 woaini1314 woaini520 woaini5201314 woaiwojia1314 woshishui123 zhang123456 wang123456
  qwertyuiop qwertyuiop123 qwerty1234 qwerty12345 qwerty123456 qwert12345 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3
  asdfghjkl123 asdfghjkl; zxcvbnm123 abcd123456 abc1234567 abcdefghij abcdefg123 abcdefg1234 a1b2c3d4e5 q1w2e3r4t5
  password12 password123 password1234 passw0rd123 p@ssw0rd123 p@ssword123 iloveyou123 iloveyou1314 letmein123 welcome123 changeme123
  admin12345 admin123456 adminadmin administrator admin@1234 admin@12345 admin888888 root123456 test123456 user123456 guest12345
  raspberrypi raspberry123 gengfu1234 gengfu12345 gengfu123456 gengfugengfu xiaofang119 xiaofang119119 huojing119119 119119119119
  firefighter fire119119 fire123456 tianganwuzao xiaoxinhuozhu`.split(/\s+/),
);

/** Null: it may be taken. `user`: whose it becomes. */
export function passwordProblem(password: string, user: string): Words | null {
  const plain = plainForm(password).toLowerCase();
  const chars = [...plain].length;
  if (chars < charsMin)
    return {
      zh: `密码只有 ${chars} 个字符，至少要 ${charsMin} 个`,
      en: `it has ${chars} characters, expected ${charsMin} at least`,
    };
  if (chars > charsMax)
    return {
      zh: `密码有 ${chars} 个字符，最多 ${charsMax} 个`,
      en: `it has ${chars} characters, expected ${charsMax} at most`,
    };
  if (common.has(plain)) return { zh: '这个密码太常见，最先被人猜到', en: 'it is one of those that are guessed first' };
  if (isPattern(plain))
    return { zh: '密码只是几个字符的重复或顺序', en: 'it is a few characters repeated, or in a row' };
  if (user.length >= 3 && plain.replaceAll(user.toLowerCase(), '').length < charsMin / 2)
    return { zh: '密码不能只是用户名加几个字符', en: 'it is the user name with a little added' };
  return null;
}

/** Three characters or fewer over and over (119119119119), or each one next to the one before (23456789ab is none). */
function isPattern(text: string): boolean {
  if (new Set(text).size <= 3) return true;
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, at) => code - (codes[at] ?? 0)));
  return steps.size === 1;
}
