/*
 * The core's algorithm in C, for comparison: per area a proof that every new_chunk is the expected
 * one together with bounds of old_chunk, then one bitmap of old_chunk, marked run by run, that
 * finds duplicates.
 * usage: decode FILE PER_AREA RUNS; prints exceptions, duplicates, the best time in ms, and that of
 * one pass which only sums the table: how fast this machine reads memory at all.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct exception { uint64_t old_chunk, new_chunk; };

static uint64_t bitmap[(1u << 29) / 64 + 1];
static uint64_t duplicates;

static int prove(const struct exception *e, uint32_t n, uint64_t first, uint64_t *bits, uint64_t *greatest, int *run)
{
	uint64_t differs = 0, all = 0, most = 0, steps = 0;
	for (uint32_t i = 0; i < n; i++) {
		differs |= e[i].new_chunk ^ (first + i);
		all |= e[i].old_chunk;
		steps |= e[i].old_chunk ^ (e[0].old_chunk + i);
		most = e[i].old_chunk > most ? e[i].old_chunk : most;
	}
	*bits = all;
	*greatest = most;
	*run = steps == 0;
	return differs == 0;
}

static void mark(const struct exception *e, uint32_t n)
{
	for (uint32_t i = 0, j; i < n; i = j) {
		uint64_t first = e[i].old_chunk;
		for (j = i + 1; j < n && j - i < 64 && e[j].old_chunk == first + (j - i); j++)
			;
		uint64_t ones = ~0ull >> (64 - (j - i)), shift = first & 63;
		uint64_t *word = &bitmap[first >> 6];
		uint64_t taken = word[0] & ones << shift;
		word[0] |= ones << shift;
		if (shift + (j - i) > 64) {
			taken |= word[1] & ones >> (64 - shift);
			word[1] |= ones >> (64 - shift);
		}
		duplicates += taken != 0;
	}
}

/* Kept by being global: the pass that makes it must not be optimised away. */
volatile uint64_t result;

static double milliseconds(struct timespec a, struct timespec b)
{
	return (b.tv_sec - a.tv_sec) * 1e3 + (b.tv_nsec - a.tv_nsec) / 1e6;
}

int main(int argc, char **argv)
{
	FILE *file = fopen(argv[1], "rb");
	uint32_t per_area = (uint32_t)atoi(argv[2]);
	fseek(file, 0, SEEK_END);
	size_t size = (size_t)ftell(file), areas = size / 16 / per_area;
	rewind(file);
	struct exception *table = malloc(size);
	if (argc < 4 || fread(table, 1, size, file) != size)
		return 1;
	double best = 1e9, best_read = 1e9;
	uint64_t count = 0, sum = 0;
	for (int r = atoi(argv[3]); r > 0; r--) {
		struct timespec a, b;
		memset(bitmap, 0, sizeof bitmap);
		duplicates = count = 0;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
		for (size_t area = 0; area < areas; area++) {
			const struct exception *e = table + area * per_area;
			uint64_t bits, greatest, first = 2 + area * (per_area + 1ull);
			int run;
			uint32_t n = per_area;
			if (!prove(e, n, first, &bits, &greatest, &run)) {
				for (n = 0; n < per_area && e[n].new_chunk == first + n; n++)
					;
				prove(e, n, first, &bits, &greatest, &run);
			}
			if (greatest >> 29)
				return 1;
			if (n)
				mark(e, n);
			count += n;
			if (n < per_area)
				break;
		}
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
		double ms = milliseconds(a, b);
		best = ms < best ? ms : best;

		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
		sum = 0;
		for (size_t i = 0; i < size / 16; i++)
			sum += table[i].old_chunk + table[i].new_chunk;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
		ms = milliseconds(a, b);
		result = sum;
		best_read = ms < best_read ? ms : best_read;
	}
	printf("%llu %llu %.2f %.2f\n", (unsigned long long)count, (unsigned long long)duplicates, best, best_read);
	return 0;
}
