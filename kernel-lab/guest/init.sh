#!/bin/busybox sh
# The guest's first process: load the modules, take the jobs from the first disk, run them,
# leave the files they made on the second disk, and go.
/bin/busybox --install -s /bin
export PATH=/bin:/lab DM_DISABLE_UDEV=1

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
# Memory for stores and origins: every block device of the lab is a loop over a file in here.
mount -t tmpfs -o size=75% tmpfs /work
# The OOM killer would take dmsetup and leave a half-made device behind.
echo 1 >/proc/sys/vm/panic_on_oom
while read -r module; do
  # An oops leaves two of them behind that are of no more use.
  case $module in loop.ko) parameters=max_loop=128 ;; *) parameters= ;; esac
  insmod "/modules/$module" $parameters
done </lab/modules

# Answers leave line by line on the second serial port, so that those already given outlive an oops.
stty -F /dev/ttyS1 raw
exec 3>/dev/ttyS1

cd /work || exit 1
tar xf /dev/vda
. /lab/steps.sh
say release "$(uname -r)"
. ./jobs.sh
tar cf /dev/vdb results
sync
say all done
reboot -f
