/** Tones and reading aloud in the page. */
export const sound = {
  'sound.blocked': '浏览器不让本页发声，报警时听不到！',
  'sound.switchOn': '打开声音',
  'sound.noVoice': '本机没有中文语音，或朗读没有声音：报警时有报警音，但可能不会朗读。',
  'sound.understood': '知道了',
  'sound.none': '这个浏览器不能发声，报警时听不到！',
  'sound.test': '试听报警音',
  'sound.isOn': '声音已打开',
  'sound.testSpeech': '这是一次声音测试。',
  'sound.plan': '什么时候响（确认或消音后停止）',
  'sound.day': '白天',
  'sound.night': '夜间 {span}',
  'sound.heard.always': '一直响',
  'sound.heard.every': '每 {minutes} 分钟响一次',
  'sound.heard.once': '只响一次',
  'sound.heard.never': '不响，早上再响',
  'sound.firstStep': '先做：{step}',
} as const;
