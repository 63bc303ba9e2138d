/** What `gengfu test uplink` says at its end, as each way to a centre has it. Pure. */
import type { UplinkConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import type { DoctorUplink } from '../../doctor/doctor-facts.js';

/** Carried, where nobody sends receipts: who has confirmed it, and who is to be asked whether it was seen. */
export function carriedWords(uplink: UplinkConfig, seconds: number): Words {
  const { id, kind } = uplink;
  switch (kind) {
    case 'mqtt':
      return {
        zh: `${id}：${seconds} s 传到；此平台不发回执`,
        en: `${id}: carried after ${seconds} s; this centre sends no receipts`,
      };
    case 'gb26875':
      return {
        zh: `${id}：${seconds} s 后平台已确认；平台上应看到本机的操作“测试”（类型 24）`,
        en: `${id}: confirmed by the centre after ${seconds} s; it should show the operation "test" of this device (type 24)`,
      };
    case 'http':
      return {
        zh: `${id}：${seconds} s 后平台已收下（HTTP 2xx）；请平台看是否已入库`,
        en: `${id}: taken by the centre after ${seconds} s (HTTP 2xx); ask it whether it is stored`,
      };
    case 'sms': {
      const count = uplink.recipients.length;
      return {
        zh: `${id}：${seconds} s 后已交给移动网络，共 ${count} 位收信人；请他们看手机`,
        en: `${id}: the mobile network has it after ${seconds} s, for ${count} recipients; ask them to look at their telephones`,
      };
    }
    default:
      return kind satisfies never;
  }
}

/** Nothing was sent: the language has no word for a test. Then the link is all that can be told of. */
export function noWordTest({ id, isUp, path, error }: DoctorUplink): { readonly ok: boolean; readonly words: Words } {
  const isWell = isUp && path?.isDead !== true;
  const state: Words = isWell
    ? { zh: '连接正常', en: 'the link is up' }
    : (error ?? { zh: '连接没有建立', en: 'the link is not up' });
  return {
    ok: isWell,
    words: {
      zh: `${id}：这个平台的报文里没有“测试”，没有发出什么；${state.zh}。要看到真的，按一次探测器的测试键`,
      en: `${id}: the language of this centre has no word for a test, so nothing was sent; ${state.en}. To see a real one, press the test button of a detector`,
    },
  };
}

/** What waits for so long is late, ms: each recipient is told one after the other. */
export function carryMaxMs(uplink: UplinkConfig | undefined): number {
  const [linkMs, recipientMs] = [60_000, 10_000];
  return uplink?.kind === 'sms' ? linkMs + recipientMs * uplink.recipients.length : linkMs;
}
