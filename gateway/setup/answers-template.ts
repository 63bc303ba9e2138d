/** A file of answers to begin with, every key with what it is for. Pure. */

export const answersTemplate = `# 安装答案：gengfu init --answers answers.yaml --survey survey.json --yes --out gateway.yaml
# 知道多少写多少；没写的会问，--yes 时用默认。设备、串口不用写：gengfu find 会找。
# Answers for an installation. Write what is known; the rest is asked, or takes its default with --yes. Ports and units need not be
# written: gengfu find finds them.
answers: 1
# ancient-town 古镇、mountain-village 山村、care-home 养老院、micro-station 微型消防站
kind: ancient-town
site: {id: hongya, district: yuzhong, name: {zh: 洪崖古镇, en: Hongya ancient town}}
# 防区：一起报警的一片地方。Zones: what sounds together.
zones:
  - {id: hall, name: {zh: 祠堂, en: ancestral hall}}
  - {id: street, name: {zh: 老街, en: old street}}
# 买了哪些型号：几种型号应答相像时，用这里写的。What was bought: decides where several models answer alike.
models: [generic-smoke-0010, n4d8b08, waveshare-relay8]
# 线路叫什么、大多在哪个防区；at 是串口路径或 主机:端口。What lines are called; at is the path of the port, or host:port.
# lines:
#   - {at: /dev/ttyUSB0, id: east, name: {zh: 东线, en: east line}, zone: hall}
# 个别设备：型号、位置、铭牌。Single units: model, place, label.
# units:
#   - {at: east, address: 9, place: {zh: 老街 12 号厨房, en: "kitchen, 12 Old Street"}, zone: street}
#   - {at: east, address: 40, profile: transmitter-7reg, options: {label_range: 5, label_unit: m, medium: level}}
# 警铃：继电器通道或引脚；不写就用找到的第一个继电器。Sirens: a relay or a pin; the first relay found when left out.
# sounders:
#   - {relay: {device: relay-1, channel: 1}, zone: hall}
#   - {gpio: {pin: 17}, name: {zh: 全镇警报, en: town siren}}
# 平台；密码放在单独的文件里，不写在这里。The centre; its password goes into a file of its own.
# uplink: {url: "mqtts://mqtt.example:8883", username: hongya, password_file: /etc/gengfu/district.password}
# 面板：127.0.0.1 只在本机，0.0.0.0 在网络上（加密），none 不要。Panel: this box only, the network (encrypted), or none.
panel: {listen: 127.0.0.1, port: 8080}
data_dir: /var/lib/gengfu
# 表格，路径相对本文件；模板：gengfu init --csv-template places 或 households。Tables, relative to this file.
# places: places.csv
# households: households.csv
`;
