#!/usr/bin/env bash
# The units as they are installed, under a real systemd and on the pins of a real kernel, in a virtual machine without KVM: READY, least
# rights, a siren over kill -9 and over a hang that the watchdog ends, six crashes, the trouble unit, a bad site file.
# Prints one JSON line of results; exit 0 = all promises kept, 1 = not, 2 = something is missing here.
# Times are of the guest; beside them stands how much CPU time the machine had used by then, because a host that does other things
# makes the guest late and its CPU time not. With less than half a core of its own the watchdog rightly ends gateways that wait for it.
# Usage: systemd.sh [PROJECT]   PROOF = only these parts (overSysfs,hangs,sixCrashes,badFile)
#   ICOUNT = shift=1,sleep=on: a clock that goes by what was computed   GENGFU_VM = folder for kernel and initramfs   LIMIT_S = for all of it, 1500
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(realpath "${1:-$here/../..}")
folder=${GENGFU_VM:-${XDG_CACHE_HOME:-$HOME/.cache}/gengfu-vm}
limit_s=${LIMIT_S:-1500}
ready_max_s=25
gap_max_s=15

export PATH=$PATH:/usr/sbin:/sbin
missing=
for pair in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio modprobe:kmod xz:xz-utils gcc:gcc make:make /lib/systemd/systemd:systemd; do
  command -v "${pair%:*}" >/dev/null || missing+=" ${pair#*:}"
done
if [ -n "$missing" ]; then
  echo "缺少软件 / missing: apt-get install$missing" >&2
  exit 2
fi
if [ ! -f "$project/dist/gateway/main.js" ]; then
  echo "没有编译结果 / nothing built in $project: npm run build" >&2
  exit 2
fi
"$here/build.sh" "$folder" >&2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkfifo "$work/console"
words="gengfu.node=$(realpath "$(command -v node)") gengfu.systemd=$project/test/vm/systemd-setup${PROOF:+ gengfu.proof=$PROOF}"
timeout "$limit_s" qemu-system-x86_64 -machine q35 -accel tcg,thread=multi -m 1024 -smp "${SMP:-2}" ${ICOUNT:+-icount $ICOUNT} -display none -no-reboot -nodefaults -net none \
  -serial stdio -kernel "$folder/kernel" -initrd "$folder/initramfs.gz" -append "console=ttyS0 quiet loglevel=3 panic=-1 mitigations=off lsm=capability audit=0 $words" \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap -pidfile "$work/pid" \
  </dev/null >"$work/console" &

hz=$(getconf CLK_TCK)
cpu_s() { awk -v hz="$hz" '{ printf "%.1f", ($14 + $15) / hz }' "/proc/$(cat "$work/pid")/stat" 2>/dev/null || echo 0; }
result='' ready_cpu='' off_cpu='' on_cpu=''
while IFS= read -r line; do
  line=${line%$'\r'}
  cpu=$(cpu_s)
  case $line in
  'RESULT '*) result=${line#RESULT } ;;
  'READY '*) ready_cpu=$cpu ;;
  'SIREN off'*) off_cpu=$cpu ;;
  'SIREN on'*) on_cpu=$cpu ;;
  esac
  case $line in 'RESULT '*) ;; *) echo "[cpu $cpu s] $line" >&2 ;; esac
done <"$work/console"
if [ -z "$result" ]; then
  echo "虚拟机没有给出结果 / the virtual machine gave no result within $limit_s s" >&2
  exit 1
fi
gap_cpu=$(awk -v a="${off_cpu:-0}" -v b="${on_cpu:-999}" 'BEGIN { printf "%.1f", b - a }')
echo "${result%\}},\"readyCpuS\":${ready_cpu:-null},\"sirenGapCpuS\":$gap_cpu}"
# A second of the gap is RestartSec, in which nothing computes.
node -e '
  const [result, readyCpu, gapCpu, readyMax, gapMax] = process.argv.slice(1).map((text) => JSON.parse(text));
  const isReady = Math.min(result.readyMs / 1000, readyCpu) <= readyMax;
  const isResumed = Math.min(result.sirenGapMs / 1000, gapCpu + 1) <= gapMax;
  if (!isReady) console.error(`READY after more than ${readyMax} s`);
  if (!isResumed) console.error(`the siren was away for more than ${gapMax} s`);
  process.exit(result.broken.length === 0 && isReady && isResumed ? 0 : 1);
' "$result" "${ready_cpu:-999}" "$gap_cpu" "$ready_max_s" "$gap_max_s"
