/* Loads and unloads libdigit again and again, each time on a thread of its own that then ends: reload_library LIBRARY TIMES.
   Prints what the first load changes in its host, signal by signal, and how many threads the later loads add. Linux. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *path;
static float image[784];

#define REQUIRE(condition) \
    do { if (!(condition)) { fprintf(stderr, "line %d: %s is false\n", __LINE__, #condition); exit(1); } } while (0)

static void *use(void *nothing)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL), *model = NULL;
    int32_t (*create)(void **), (*predict)(void *, const float *, int32_t, int32_t *, float *), label = -1;
    void (*destroy)(void *);

    REQUIRE(library);
    *(void **)&create = dlsym(library, "digit_create");
    *(void **)&predict = dlsym(library, "digit_predict");
    *(void **)&destroy = dlsym(library, "digit_destroy");
    REQUIRE(create && predict && destroy);
    REQUIRE(create(&model) == 0 && predict(model, image, 1, &label, NULL) == 0 && label >= 0);
    destroy(model);
    REQUIRE(dlclose(library) == 0);
    return nothing;
}

static void reload(void)
{
    pthread_t thread;
    REQUIRE(pthread_create(&thread, NULL, use, NULL) == 0 && pthread_join(thread, NULL) == 0);
}

static int threads(void)
{
    DIR *folder = opendir("/proc/self/task");
    struct dirent *entry;
    int count = 0;
    REQUIRE(folder);
    while ((entry = readdir(folder))) count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    struct sigaction before[65], after;
    int signal, i, first;

    REQUIRE(argc == 3);
    path = argv[1];
    for (signal = 1; signal < 65; signal++) sigaction(signal, NULL, &before[signal]);
    reload();
    for (signal = 1; signal < 65; signal++) {
        if (sigaction(signal, NULL, &after) != 0 || after.sa_handler == before[signal].sa_handler) continue;
        if (signal == SIGRTMIN) printf("SIGRTMIN");
        else if (signal > SIGRTMIN) printf("SIGRTMIN+%d", signal - SIGRTMIN);
        else printf("SIG%s", sigabbrev_np(signal));
        printf(after.sa_handler == SIG_IGN ? " ignored\n" : " handled\n");
    }
    usleep(100000); /* A thread that has been joined may still be listed. */
    first = threads();
    for (i = 1; i < atoi(argv[2]); i++) reload();
    usleep(100000);
    printf("threads %d, then %+d\n", first, threads() - first);
    return 0;
}
