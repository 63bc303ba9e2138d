/** What the codes of GB/T 26875.3-2011 mean, for people: Tables 4, 5 and 6. What is not here is reserved, or the users' own from 128 on. */
import type { Words } from '../vocabulary.js';

function named(rows: readonly (readonly [code: number, zh: string, en: string])[]): ReadonlyMap<number, Words> {
  return new Map(rows.map(([code, zh, en]) => [code, { zh, en }]));
}

export const gbSystems = named([
  [0, '通用', 'general'],
  [1, '火灾报警系统', 'fire alarm'],
  [10, '消防联动控制器', 'fire control'],
  [11, '消火栓系统', 'hydrants'],
  [12, '自动喷水灭火系统', 'sprinklers'],
  [13, '气体灭火系统', 'gas extinguishing'],
  [14, '水喷雾（泵启动）', 'water spray, by pump'],
  [15, '水喷雾（压力容器启动）', 'water spray, by pressure vessel'],
  [16, '泡沫灭火系统', 'foam'],
  [17, '干粉灭火系统', 'powder'],
  [18, '防烟排烟系统', 'smoke control'],
  [19, '防火门及卷帘系统', 'fire doors and shutters'],
  [20, '消防电梯', 'fire lift'],
  [21, '消防应急广播', 'emergency broadcast'],
  [22, '消防应急照明和疏散指示', 'emergency lighting'],
  [23, '消防电源', 'fire power supply'],
  [24, '消防电话', 'fire telephone'],
]);

export const gbComponents = named([
  [0, '通用', 'general'],
  [1, '火灾报警控制器', 'fire alarm panel'],
  [10, '可燃气体探测器', 'combustible gas detector'],
  [11, '点型可燃气体探测器', 'point gas detector'],
  [12, '独立式可燃气体探测器', 'stand-alone gas detector'],
  [13, '线型可燃气体探测器', 'line gas detector'],
  [16, '电气火灾监控报警器', 'electrical fire monitor'],
  [17, '剩余电流式探测器', 'residual current detector'],
  [18, '测温式探测器', 'cable temperature detector'],
  [21, '探测回路', 'detection loop'],
  [22, '火灾显示盘', 'repeater panel'],
  [23, '手动火灾报警按钮', 'manual call point'],
  [24, '消火栓按钮', 'hydrant button'],
  [25, '火灾探测器', 'fire detector'],
  [30, '感温火灾探测器', 'heat detector'],
  [31, '点型感温火灾探测器', 'point heat detector'],
  [32, '点型感温（S型）', 'point heat detector S'],
  [33, '点型感温（R型）', 'point heat detector R'],
  [34, '线型感温', 'line heat detector'],
  [35, '线型感温（S型）', 'line heat detector S'],
  [36, '线型感温（R型）', 'line heat detector R'],
  [37, '光纤感温', 'fibre heat detector'],
  [40, '感烟火灾探测器', 'smoke detector'],
  [41, '点型离子感烟', 'ionisation smoke detector'],
  [42, '点型光电感烟', 'optical smoke detector'],
  [43, '线型光束感烟', 'beam smoke detector'],
  [44, '吸气式感烟', 'aspirating smoke detector'],
  [50, '复合式火灾探测器', 'combined detector'],
  [51, '感烟感温', 'smoke and heat'],
  [52, '感光感温', 'flame and heat'],
  [53, '感光感烟', 'flame and smoke'],
  [61, '紫外火焰探测器', 'UV flame detector'],
  [62, '红外火焰探测器', 'IR flame detector'],
  [69, '感光火灾探测器', 'flame detector'],
  [74, '气体探测器', 'gas detector'],
  [78, '图像火灾探测器', 'video detector'],
  [79, '感声火灾探测器', 'sound detector'],
  [81, '气体灭火控制器', 'gas extinguishing panel'],
  [82, '消防电气控制装置', 'electrical control of fire equipment'],
  [83, '消防控制室图形显示装置', 'control room display'],
  [84, '模块', 'module'],
  [85, '输入模块', 'input module'],
  [86, '输出模块', 'output module'],
  [87, '输入/输出模块', 'input and output module'],
  [88, '中继模块', 'relay module'],
  [91, '消防水泵', 'fire pump'],
  [92, '消防水箱', 'fire water tank'],
  [95, '喷淋泵', 'sprinkler pump'],
  [96, '水流指示器', 'flow switch'],
  [97, '信号阀', 'signal valve'],
  [98, '报警阀', 'alarm valve'],
  [99, '压力开关', 'pressure switch'],
  [101, '阀驱动装置', 'valve actuator'],
  [102, '防火门', 'fire door'],
  [103, '防火阀', 'fire damper'],
  [104, '通风空调', 'ventilation'],
  [105, '泡沫液泵', 'foam pump'],
  [106, '管网电磁阀', 'solenoid valve'],
  [111, '防烟排烟风机', 'smoke fan'],
  [113, '排烟防火阀', 'smoke fire damper'],
  [114, '常闭送风口', 'closed air inlet'],
  [115, '排烟口', 'smoke outlet'],
  [116, '电控挡烟垂壁', 'smoke curtain'],
  [117, '防火卷帘控制器', 'shutter control'],
  [118, '防火门监控器', 'fire door monitor'],
  [121, '警报装置', 'alarm device'],
]);

/** Of analog values. */
export const gbQuantities = named([
  [1, '事件计数', 'count'],
  [2, '高度', 'height'],
  [3, '温度', 'temperature'],
  [4, '压力', 'pressure'],
  [5, '压力', 'pressure'],
  [6, '气体浓度', 'gas concentration'],
  [7, '时间', 'time'],
  [8, '电压', 'voltage'],
  [9, '电流', 'current'],
  [10, '流量', 'flow'],
  [11, '风量', 'air flow'],
  [12, '风速', 'wind'],
]);

/** Those that the users define themselves. */
export const ownCodes = { first: 128, last: 255 } as const;

export function isOwnCode(code: number): boolean {
  return code >= ownCodes.first && code <= ownCodes.last;
}
