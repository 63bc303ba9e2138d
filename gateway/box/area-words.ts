/** What the parts of a box are called above their findings. */
import type { Words } from '../../config/vocabulary.js';
import { type FindingArea, words } from './finding.js';

export const areaWords: Readonly<Record<FindingArea, Words>> = {
  site: words('站点文件', 'site file'),
  gateway: words('网关', 'gateway'),
  service: words('服务', 'service'),
  rights: words('权限', 'permissions'),
  ports: words('串口', 'serial ports'),
  pins: words('引脚', 'pins'),
  audio: words('声音', 'sound'),
  machine: words('主机', 'machine'),
  clock: words('时钟', 'clock'),
  disk: words('磁盘', 'disk'),
  power: words('供电', 'power'),
  network: words('网络', 'network'),
  uplinks: words('上传', 'uplinks'),
  panel: words('面板', 'panel'),
};
