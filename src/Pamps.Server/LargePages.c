/* Linked into the native file for Linux, and run before .NET is. .NET begins by writing its types, 22 MB, into memory that the system would
   hand out in pages of 4 kB, each asked for by a fault. Asked for at once, and in pages of 2 MB where the system has them, it
   is there sooner: nearly all of it is written in any case. What the system refuses changes nothing but the speed. */

/* Without headers, so that a compiler for another machine needs none. */
extern int madvise(void *address, unsigned long length, int advice);

/* Where the linker has put what begins as zeros; .NET's types come last in it. */
extern char __bss_start[], _end[];

enum { HUGE_PAGE = 14, POPULATE_WRITE = 23, LARGEST_BASE_PAGE = 65536 };

__attribute__((constructor)) static void ask(void)
{
    unsigned long begin = ((unsigned long)__bss_start + LARGEST_BASE_PAGE - 1) & ~(LARGEST_BASE_PAGE - 1UL);
    unsigned long length = ((unsigned long)_end & ~(LARGEST_BASE_PAGE - 1UL)) - begin;
    madvise((void *)begin, length, HUGE_PAGE);
    madvise((void *)begin, length, POPULATE_WRITE);
}
