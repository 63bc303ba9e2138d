/** What `gengfu check` points out about short messages without refusing the file. A number is never repeated. Pure. */
import type { SiteConfig, SmsUplinkConfig } from '../config/site.js';
import type { Words } from '../config/vocabulary.js';

const minuteMs = 60_000;
/** A fire is told in two parts at the most. */
const partsMax = 2;

/** @param isSiteFileForAll anybody on the box can read the site file. */
export function smsNotes(config: SiteConfig, isSiteFileForAll: boolean): readonly Words[] {
  return config.uplinks.flatMap((uplink) => {
    if (uplink.kind !== 'sms') return [];
    const hasOther = config.uplinks.some(({ kind }) => kind !== 'sms');
    return [
      ...openNumbers(uplink, isSiteFileForAll),
      ...neverSent(uplink),
      ...waitsForNobody(uplink, hasOther),
      ...noFire(uplink),
      ...tooFew(uplink),
    ];
  });
}

function openNumbers({ id }: SmsUplinkConfig, isForAll: boolean): readonly Words[] {
  if (!isForAll) return [];
  return [
    {
      zh: `上联 ${id} 的电话号码是个人信息，而站点文件本机任何人都能读；chmod 640，归 root 和运行网关的组所有`,
      en: `the numbers of uplink ${id} are personal, and anybody on this box can read the site file; chmod 640, owned by root and the group that runs the gateway`,
    },
  ];
}

function neverSent({ id, afterMs, validityMin }: SmsUplinkConfig): readonly Words[] {
  return (['fire', 'others'] as const)
    .filter((which) => afterMs[which] >= validityMin * minuteMs)
    .map((which) => ({
      zh: `上联 ${id} 的 after_s.${which} 不小于有效期 ${validityMin} 分钟，这类短信永远不会发出；把它改小`,
      en: `after_s.${which} of uplink ${id} is not less than its validity of ${validityMin} min, so such messages never go; make it smaller`,
    }));
}

function waitsForNobody({ id, afterMs }: SmsUplinkConfig, hasOther: boolean): readonly Words[] {
  if (hasOther || (afterMs.fire === 0 && afterMs.others === 0)) return [];
  return [
    {
      zh: `上联 ${id} 要等别的平台确认（after_s），但没有别的上联；把 after_s 写成 0，短信就不再白等`,
      en: `uplink ${id} waits for another centre to confirm (after_s), and there is no other uplink; with after_s 0 nobody waits in vain`,
    },
  ];
}

function noFire({ id, recipients }: SmsUplinkConfig): readonly Words[] {
  if (recipients.some(({ classes }) => classes.includes('fire'))) return [];
  return [
    {
      zh: `上联 ${id} 没有人收火警短信；在一位收信人的 classes 里写上 fire`,
      en: `nobody is told of a fire by uplink ${id}; write fire in classes of a recipient`,
    },
  ];
}

function tooFew({ id, recipients, perHourMax }: SmsUplinkConfig): readonly Words[] {
  const needed = recipients.filter(({ classes }) => classes.includes('fire')).length * partsMax;
  if (needed <= perHourMax) return [];
  return [
    {
      zh: `上联 ${id} 一次火警最多要发 ${needed} 条，而 per_hour_max 只有 ${perHourMax}；把它改大`,
      en: `one fire takes up to ${needed} messages of uplink ${id}, and per_hour_max is ${perHourMax}; make it larger`,
    },
  ];
}
