#!/usr/bin/env bash
# The built product on a real kernel's GPIO, both ways (sysfs and character device), in a virtual machine without KVM.
# Prints one JSON line of results; exit 0 = all promises kept, 1 = not, 2 = something is missing here.
# Usage: run.sh systemd = the units under a real systemd (systemd.sh); else run.sh [DIST]   GENGFU_VM = folder for kernel and initramfs (14 MB; half a GB while building)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = systemd ]; then exec "$here/systemd.sh"; fi
dist=$(realpath "${1:-$here/../../dist}")
folder=${GENGFU_VM:-${XDG_CACHE_HOME:-$HOME/.cache}/gengfu-vm}
limit_s=300

missing=
for pair in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio modprobe:kmod xz:xz-utils gcc:gcc make:make; do
  command -v "${pair%:*}" >/dev/null || PATH=$PATH:/usr/sbin:/sbin command -v "${pair%:*}" >/dev/null || missing+=" ${pair#*:}"
done
if [ -n "$missing" ]; then
  echo "缺少软件 / missing: apt-get install$missing" >&2
  exit 2
fi
if [ ! -f "$dist/gateway/main.js" ]; then
  echo "没有编译结果 / nothing built in $dist: npm run build" >&2
  exit 2
fi
export PATH=$PATH:/usr/sbin:/sbin
"$here/build.sh" "$folder" >&2

console=$(mktemp)
trap 'rm -f "$console"' EXIT
words="gengfu.node=$(realpath "$(command -v node)") gengfu.guest=$here/guest.mjs gengfu.dist=$dist"
timeout "$limit_s" qemu-system-x86_64 -machine q35,accel=tcg -m 768 -smp 1 -display none -no-reboot -nodefaults -net none \
  -serial stdio -kernel "$folder/kernel" -initrd "$folder/initramfs.gz" \
  -append "console=ttyS0 quiet loglevel=3 panic=-1 $words" \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap </dev/null |
  tr -d '\r' | tee "$console" | grep -v '^RESULT ' >&2 || true
if ! grep -m1 '^RESULT ' "$console" | cut -d' ' -f2-; then
  echo "虚拟机没有给出结果 / the virtual machine gave no result within $limit_s s" >&2
  exit 1
fi
grep -q '^GUEST ends with 0$' "$console"
