/** What can be wrong with an uplink over HTTP, beyond what every uplink can have; part of `uplinkErrors` (sync/uplink.ts). */
import type { RetryClass } from '../../config/problem.js';

export const httpUplinkErrors = {
  'UPLINK-030': {
    zh: '平台拒绝接入（HTTP 401 或 403）；核对 token_file，或 username 和 password_file',
    en: 'the centre does not let us in (HTTP 401 or 403); compare token_file, or username and password_file, with what it gave out',
    retry: 'later',
  },
  'UPLINK-031': {
    zh: '平台上没有这个接口（HTTP 404、405 或 410）；核对 url 的路径和报文模板的 path',
    en: 'the centre has nothing at this path (HTTP 404, 405 or 410); correct the path in url, or in the templates',
    retry: 'later',
  },
  'UPLINK-032': {
    zh: '平台要求改用别的地址（HTTP 3xx），不跟随跳转；确认后把新地址写进 url',
    en: 'the centre sends us to another address (HTTP 3xx), which is not followed; if it is right, write it into url',
    retry: 'later',
  },
  'UPLINK-033': {
    zh: '平台要求稍后再报（HTTP 409、425、429 或 503），到时自动补报；火警不等',
    en: 'the centre asks us to come later (HTTP 409, 425, 429 or 503): it is told again then; a fire does not wait',
    retry: 'later',
  },
  'UPLINK-034': {
    zh: '平台出错（HTTP 5xx），请平台检查',
    en: 'the centre has an error of its own (HTTP 5xx); ask it to look',
    retry: 'later',
  },
  'UPLINK-035': {
    zh: '平台多次不接受这条记录，而别的都接受；不再上报这一条',
    en: 'the centre refused this entry again and again while it took others: this one is not told any more',
    retry: 'never',
  },
} as const satisfies Record<string, { zh: string; en: string; retry: RetryClass }>;
