/*
 * write_sectors DEVICE TAG START COUNT [START COUNT ...]: one O_DIRECT write per pair, in order.
 * Every 512-byte sector repeats "TAG sNNNNNNNN ", so that content tells where it belongs. A write
 * that fails (a snapshot that overflows) does not stop the rest: the counts are printed.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

static void fill_sector(char *sector, const char *tag, unsigned long number)
{
	char text[64];
	size_t length = snprintf(text, sizeof(text), "%s s%08lu ", tag, number);

	for (size_t at = 0; at < SECTOR; at++)
		sector[at] = text[at % length];
}

int main(int argc, char **argv)
{
	int device = argc > 2 ? open(argv[1], O_WRONLY | O_DIRECT) : -1;
	int done = 0, failed = 0;

	if (device < 0)
		return 1;
	for (int i = 3; i + 1 < argc; i += 2) {
		unsigned long start = strtoul(argv[i], NULL, 10);
		unsigned long count = strtoul(argv[i + 1], NULL, 10);
		void *buffer;

		if (posix_memalign(&buffer, 4096, count * SECTOR))
			return 1;
		for (unsigned long s = 0; s < count; s++)
			fill_sector((char *)buffer + s * SECTOR, argv[2], start + s);
		if (pwrite(device, buffer, count * SECTOR, (off_t)start * SECTOR) == (ssize_t)(count * SECTOR))
			done++;
		else
			failed++;
		free(buffer);
	}
	fsync(device);
	printf("%d %d\n", done, failed);
	return 0;
}
