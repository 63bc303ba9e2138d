/** One alarm from its detector to its verdict. */
export const incident = {
  'nav.incident': '事件',
  'incident.none': '最近一天没有事件',
  'incident.open': '未了结',
  'incident.closed': '已了结',
  'incident.began': '{time} 开始',
  'incident.stands': '仍在报警或等待复位',
  'incident.over': '已复位',
  'incident.timeline': '经过',
  'incident.add': '补充',
  'incident.who': '谁到了现场',
  'incident.arrived': '已到场',
  'incident.note': '记一笔',
  'incident.addNote': '记下',
  'incident.verdict': '什么原因',
  'incident.paper': '打印与导出',
} as const;
