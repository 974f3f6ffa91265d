/* changed_sectors BEFORE AFTER: the sectors that differ, as runs "FIRST LAST". */
#include <stdio.h>
#include <string.h>

#define SECTOR 512

int main(int argc, char **argv)
{
	FILE *before = argc == 3 ? fopen(argv[1], "rb") : NULL;
	FILE *after = argc == 3 ? fopen(argv[2], "rb") : NULL;
	char was[SECTOR], is[SECTOR];
	long sector = 0, from = -1;

	if (!before || !after)
		return 1;
	while (fread(was, SECTOR, 1, before) == 1 && fread(is, SECTOR, 1, after) == 1) {
		int same = !memcmp(was, is, SECTOR);

		if (!same && from < 0)
			from = sector;
		if (same && from >= 0) {
			printf("%ld %ld\n", from, sector - 1);
			from = -1;
		}
		sector++;
	}
	if (from >= 0)
		printf("%ld %ld\n", from, sector - 1);
	return 0;
}
