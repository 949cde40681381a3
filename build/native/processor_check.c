/* Runs before the .NET runtime starts, and says what a processor lacks that the program was compiled for. It includes no header, so
   that a linker's driver is all that building it needs. */

long write(int file, const void *text, unsigned long length);
void _exit(int code) __attribute__((noreturn));

static void say(const char *text)
{
    unsigned long length = 0;
    while (text[length]) length++;
    if (write(2, text, length) < 0) return;
}

__attribute__((constructor)) static void check_processor(void)
{
    const char *missing = 0;
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2")) missing = "AVX2";
    else if (!__builtin_cpu_supports("fma")) missing = "FMA";
    else if (!__builtin_cpu_supports("bmi2")) missing = "BMI2";
#if LEVEL >= 4
    else if (!__builtin_cpu_supports("avx512f")) missing = "AVX-512F";
    else if (!__builtin_cpu_supports("avx512bw")) missing = "AVX-512BW";
    else if (!__builtin_cpu_supports("avx512cd")) missing = "AVX-512CD";
    else if (!__builtin_cpu_supports("avx512dq")) missing = "AVX-512DQ";
    else if (!__builtin_cpu_supports("avx512vl")) missing = "AVX-512VL";
#endif
    if (!missing) return;
    say(PROGRAM ": error SCNN123: this processor lacks ");
    say(missing);
#if LEVEL >= 4
    say(", and the program was compiled for x86-64-v4. Publish it with -p:StaticCnnInstructionSet=x86-64-v3 or portable.\n");
#else
    say(", and the program was compiled for x86-64-v3. Publish it with -p:StaticCnnInstructionSet=portable.\n");
#endif
    /* A library leaves it to the program around it what to do; calling it ends the process. */
    if (!IS_LIBRARY) _exit(1);
}
