/** The village plan. */
export const map = {
  'nav.map': '地图',
  'map.plan': '哪张图',
  'map.picture': '{name}平面图',
  'map.trend': '曲线',
  'map.output': '输出',
  'map.edit': '修改地图',
  'map.editHint': '先上传村图，再选设备，在图上点一下即放好。可以拖动；键盘用方向键移动，Delete 取下。',
  'map.upload': '上传图片',
  'map.save': '保存',
  'map.leave': '不保存',
  'map.leaveSure': '改动还没有保存，不要了？',
  'map.thing': '放什么（● 已在图上）',
  'map.remove': '从图上取下',
  'map.noPlan': '还没有村图。没有图时按防区显示。',
  'map.wrongKind': '只能用 PNG、JPEG 或 WebP 图片',
  'map.tooLarge': '图片不能超过 8 MB',
} as const;
