#!/usr/bin/env bash
# Power cuts under the journal of the built product: a virtual machine writes to a disk of its own and is killed; what it said was
# durable must be there when it starts again. Killing the machine loses its memory, the page cache in it too; the disk image keeps what
# the guest had flushed. Prints a line per cut and one of the sum; exit 0 = nothing lost, 1 = something was, 2 = something is missing here.
# Usage: powercut.sh [CUTS] [DIST]   GENGFU_VM = folder for kernel and initramfs   CACHE = none (default) or writethrough
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cuts=${1:-20}
dist=$(realpath "${2:-$here/../../dist}")
folder=${GENGFU_VM:-${XDG_CACHE_HOME:-$HOME/.cache}/gengfu-vm}
up_limit_s=120

export PATH=$PATH:/usr/sbin:/sbin
missing=
for pair in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio modprobe:kmod xz:xz-utils gcc:gcc make:make mkfs.ext4:e2fsprogs; do
  command -v "${pair%:*}" >/dev/null || missing+=" ${pair#*:}"
done
if [ -n "$missing" ]; then
  echo "缺少软件 / missing: apt-get install$missing" >&2
  exit 2
fi
"$here/build.sh" "$folder" >&2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
truncate -s 256M "$work/disk"
mkfs.ext4 -q -F "$work/disk"

# Runs the guest in the background: pid in $machine, console in the file named.
start() {
  local words
  words="gengfu.node=$(realpath "$(command -v node)") gengfu.guest=$here/powercut-guest.mjs gengfu.dist=$dist gengfu.data=/dev/vda $2"
  qemu-system-x86_64 -machine q35,accel=tcg -m 512 -smp 1 -display none -no-reboot -nodefaults -net none -serial stdio \
    -kernel "$folder/kernel" -initrd "$folder/initramfs.gz" -append "console=ttyS0 quiet loglevel=3 panic=-1 $words" \
    -drive "file=$work/disk,if=virtio,format=raw,cache=${CACHE:-none}" \
    -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap </dev/null >"$1" 2>&1 &
  machine=$!
}

value() { grep -o "\"$1\":[^,}]*" <<<"$2" | cut -d: -f2 || true; }

last=0 lost=0 bad=0
for cut in $(seq 1 $((cuts + 1))); do
  # Each boot its own: the machine before must not be heard again.
  console=$work/console-$cut
  if [ "$cut" -le "$cuts" ]; then
    start "$console" ''
    for _ in $(seq 1 $((up_limit_s * 10))); do
      grep -aq '^ACK' "$console" && break
      sleep 0.1
    done
    sleep "$(awk -v r=$RANDOM 'BEGIN { printf "%.2f", 0.3 + r / 32768 * 2 }')"
    if ! kill -9 "$machine" 2>/dev/null; then
      echo "虚拟机自己停了 / the machine ended by itself" >&2
      cat "$console" >&2
      exit 2
    fi
    wait "$machine" 2>/dev/null || true
  else
    start "$console" 'gengfu.role=verify'
    wait "$machine" || true
  fi
  found=$(grep -a -m1 -o 'VERIFY {.*}' "$console" | cut -d' ' -f2- || true)
  if [ "$cut" -gt 1 ]; then
    kept=$(value last "$found")
    gone=$((last - ${kept:-0}))
    if [ "$gone" -lt 0 ]; then gone=0; fi
    lost=$((lost + gone))
    if [ "$(value check "$found")" != '"ok"' ] || [ "$(value holes "$found")" != 0 ] || [ "$(value begun "$found")" != null ]; then
      bad=$((bad + 1))
    fi
    echo "cut $((cut - 1)): said durable up to $last, lost $gone, found $found"
  fi
  said=$({ grep -a '^ACK' "$console" || true; } | tr -d '\r' | awk 'NF == 2 && $2 + 0 > most { most = $2 } END { print most + 0 }')
  if [ "$said" -gt "$last" ]; then last=$said; fi
done
echo "cuts $cuts, cache ${CACHE:-none}: lost $lost durable rows, $bad journals not as they should be"
[ "$lost" = 0 ] && [ "$bad" = 0 ] && [ "$last" -gt 0 ]
