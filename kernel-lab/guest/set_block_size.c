/* set_block_size LOOP_DEVICE BYTES: the logical block size, as a disk with 4 KiB sectors has it. */
#include <fcntl.h>
#include <linux/loop.h>
#include <stdlib.h>
#include <sys/ioctl.h>

int main(int argc, char **argv)
{
	int device = argc == 3 ? open(argv[1], O_RDWR) : -1;

	return device < 0 || ioctl(device, LOOP_SET_BLOCK_SIZE, strtoul(argv[2], NULL, 10)) != 0;
}
