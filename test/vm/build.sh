#!/usr/bin/env bash
# Builds what the virtual machine boots: Debian's kernel 6.12, an initramfs, and the kernel's GPIO simulator, which Debian
# leaves out (GPIO_SYSFS and GPIO_CDEV are in). Packages are downloaded, not installed. Usage: build.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
meta=linux-image-6.12-amd64

# The pool at this moment; without `apt-get update` an old list may name a kernel that is gone.
image=$(apt-cache depends "$meta" | awk '/Depends: linux-image/ {print $2; exit}')
if [ -z "$image" ]; then
  echo "apt knows no $meta: run apt-get update, or take a Debian 12 or later" >&2
  exit 2
fi
release=${image#linux-image-}
base=${release%-amd64}
series=$(cut -d. -f1,2 <<<"$release")
stamp=$(cat "$here/build.sh" "$here/init" | sha256sum | cut -c1-12)
if [ -f "$folder/built-$release-$stamp" ]; then exit 0; fi

rm -rf "$folder"/{packages,root,module,initramfs,depends,built-*}
mkdir -p "$folder"/{packages,root,module,initramfs}
cd "$folder"
folder=$PWD
(
  cd packages
  apt-get download -qq "$image" "linux-headers-$release" "linux-headers-$base-common" "linux-kbuild-$base" "linux-source-$series"
)
for package in packages/linux-{image,headers,kbuild}-*.deb; do dpkg-deb -x "$package" root; done

# One module out of the simulator and the simulated interrupts it stands on. Two things differ inside a module: there is
# nobody to export to, and irq_to_desc is not to be had.
dpkg-deb --fsys-tarfile packages/linux-source-*.deb | tar -xO "./usr/src/linux-source-$series.tar.xz" | xz -dc -T0 |
  tar -x -C module --strip-components=3 --wildcards '*/drivers/gpio/gpio-sim.c' '*/kernel/irq/irq_sim.c'
mv module/gpio-sim.c module/simulated-chip.c
mv module/irq_sim.c module/simulated-interrupts.c
sed -i -E 's/^EXPORT_SYMBOL_GPL\(.*\);$//; s/irq_to_desc\((\w+)\)/irq_data_to_desc(irq_get_irq_data(\1))/' \
  module/simulated-interrupts.c
printf 'obj-m := gpio-sim.o\ngpio-sim-y := simulated-chip.o simulated-interrupts.o\n' >module/Makefile
headers=$folder/root/usr/src/linux-headers-$release
sed -i "s#/usr/src/#$folder/root/usr/src/#g; s#/usr/lib/#$folder/root/usr/lib/#g" "$headers"/{Makefile,.kernelvariables} \
  2>/dev/null || true
make -s -C "$headers" M="$folder/module" modules CONFIG_DEBUG_INFO_BTF_MODULES=

mkdir -p initramfs/{bin,proc,sys,dev,modules,newroot}
cp "$(command -v busybox)" initramfs/bin/busybox
cp "$here/init" initramfs/init
# Newer packages keep their modules under usr.
if [ ! -e root/lib ]; then ln -s usr/lib root/lib; fi
depmod -b root "$release"
for name in virtio_pci 9pnet_virtio 9p overlay configfs virtio_blk ext4; do
  modprobe -d root -S "$release" --show-depends "$name" | awk '/^insmod/ {print $2}' >depends
  while read -r file; do
    plain=$(basename "${file%.xz}")
    if [ -f "initramfs/modules/$plain" ]; then continue; fi
    case $file in
    *.xz) xz -dc "$file" >"initramfs/modules/$plain" ;;
    *) cp "$file" "initramfs/modules/$plain" ;;
    esac
    echo "$plain" >>initramfs/modules/order
  done <depends
done
cp module/gpio-sim.ko initramfs/modules/
echo gpio-sim.ko >>initramfs/modules/order
(cd initramfs && find . | cpio -o -H newc --quiet | gzip -1) >initramfs.gz
cp "root/boot/vmlinuz-$release" kernel

# Half a gigabyte of sources and headers has done its work.
rm -rf packages root module initramfs depends
touch "built-$release-$stamp"
