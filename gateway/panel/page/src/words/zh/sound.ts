/** Tones and reading aloud in the page. */
export const sound = {
  'sound.blocked': '浏览器不让本页发声，报警时听不到！',
  'sound.switchOn': '打开声音',
  'sound.noVoice': '本机没有中文语音：报警时有报警音，但不会朗读。',
  'sound.understood': '知道了',
  'sound.none': '这个浏览器不能发声，报警时听不到！',
  'sound.test': '试听报警音',
  'sound.isOn': '声音已打开',
  'sound.testSpeech': '这是一次声音测试。',
  'sound.firstStep': '先做：{step}',
} as const;
