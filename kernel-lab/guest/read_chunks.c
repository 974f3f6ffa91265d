/*
 * read_chunks DEVICE CHUNK_BYTES: the device's content on standard output, read with O_DIRECT
 * chunk by chunk, so that an I/O error is known for each chunk alone. A chunk that cannot be
 * read counts as zeros; runs of them go to standard error as "FIRST LAST", then "errno N".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	size_t chunk = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	int device = chunk ? open(argv[1], O_RDONLY | O_DIRECT) : -1;
	void *buffer;

	if (device < 0 || posix_memalign(&buffer, 4096, chunk))
		return 1;

	off_t size = lseek(device, 0, SEEK_END);
	long long index = 0, bad_from = -1;
	int failed_with = 0;

	for (off_t at = 0; at < size; at += chunk, index++) {
		size_t want = size - at < (off_t)chunk ? (size_t)(size - at) : chunk;
		ssize_t got = pread(device, buffer, want, at);

		if (got != (ssize_t)want) {
			failed_with = got < 0 ? errno : EIO;
			memset(buffer, 0, want);
			if (bad_from < 0)
				bad_from = index;
		} else if (bad_from >= 0) {
			fprintf(stderr, "%lld %lld\n", bad_from, index - 1);
			bad_from = -1;
		}
		if (fwrite(buffer, 1, want, stdout) != want)
			return 1;
	}
	if (bad_from >= 0)
		fprintf(stderr, "%lld %lld\n", bad_from, index - 1);
	if (failed_with)
		fprintf(stderr, "errno %d\n", failed_with);
	return fflush(stdout) ? 1 : 0;
}
