/* Checks libdigit from C: check_library IMAGES WEIGHTS. Prints the version, what 1,000 calls allocate, and the logits' bits. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "digit.h"

#define COUNT 100
#define REQUIRE(condition) \
    do { if (!(condition)) { fprintf(stderr, "line %d: %s is false\n", __LINE__, #condition); exit(1); } } while (0)

static unsigned char pixels[COUNT * DIGIT_IMAGE_LENGTH];
static float images[COUNT * DIGIT_IMAGE_LENGTH], logits[COUNT * DIGIT_CLASS_COUNT], again[COUNT * DIGIT_CLASS_COUNT];
static float probabilities[COUNT * DIGIT_CLASS_COUNT];
static int32_t labels[COUNT];

static void print_bits(const float *values, int count)
{
    int i;
    for (i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        printf("%08x\n", (unsigned)bits);
    }
}

int main(int argc, char **argv)
{
    digit_model *model = NULL, *loaded = NULL;
    int64_t before;
    float sum;
    int i;
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;

    REQUIRE(file && fread(pixels, 1, sizeof pixels, file) == sizeof pixels);
    fclose(file);
    for (i = 0; i < COUNT * DIGIT_IMAGE_LENGTH; i++) images[i] = pixels[i] / 255.0f;

    REQUIRE(digit_class_count() == DIGIT_CLASS_COUNT && digit_image_length() == DIGIT_IMAGE_LENGTH);
    REQUIRE(digit_create(NULL) == DIGIT_WRONG_ARGUMENT);
    REQUIRE(digit_load("no such file", &loaded) == DIGIT_NO_WEIGHTS && loaded == NULL);
    REQUIRE(digit_load(NULL, &loaded) == DIGIT_WRONG_ARGUMENT);
    REQUIRE(digit_create(&model) == DIGIT_DONE && model != NULL);
    REQUIRE(digit_load(argv[2], &loaded) == DIGIT_DONE && loaded != NULL);

    REQUIRE(digit_forward(NULL, images, 1, logits) == DIGIT_WRONG_ARGUMENT);
    REQUIRE(digit_forward(model, NULL, 1, logits) == DIGIT_WRONG_ARGUMENT);
    REQUIRE(digit_forward(model, images, -1, logits) == DIGIT_WRONG_ARGUMENT);
    REQUIRE(digit_forward(model, images, 1, NULL) == DIGIT_WRONG_ARGUMENT);
    REQUIRE(digit_predict(model, NULL, 0, NULL, NULL) == DIGIT_DONE);

    REQUIRE(digit_forward(model, images, COUNT, logits) == DIGIT_DONE);
    REQUIRE(digit_forward(loaded, images, COUNT, again) == DIGIT_DONE && !memcmp(logits, again, sizeof logits));
    REQUIRE(digit_predict(model, images, COUNT, labels, probabilities) == DIGIT_DONE);
    for (i = 0; i < COUNT; i++) {
        int c, best = 0;
        for (c = 0, sum = 0; c < DIGIT_CLASS_COUNT; c++) {
            sum += probabilities[i * DIGIT_CLASS_COUNT + c];
            if (logits[i * DIGIT_CLASS_COUNT + c] > logits[i * DIGIT_CLASS_COUNT + best]) best = c;
        }
        REQUIRE(labels[i] == best && sum > 0.9999f && sum < 1.0001f);
    }

    REQUIRE(digit_predict(model, images, 1, labels, NULL) == DIGIT_DONE);
    printf("%s\n", digit_version());
    before = digit_allocated_bytes();
    for (i = 0; i < 1000; i++) {
        REQUIRE(digit_predict(model, images, i % COUNT, labels, probabilities) == DIGIT_DONE);
        REQUIRE(digit_predict(model, images, 1, labels, probabilities) == DIGIT_DONE);
    }
    printf("allocated %ld\n", (long)(digit_allocated_bytes() - before));

    print_bits(logits, COUNT * DIGIT_CLASS_COUNT);
    REQUIRE(digit_forward(model, images, 1, logits) == DIGIT_DONE);
    print_bits(logits, DIGIT_CLASS_COUNT);
    digit_destroy(model);
    digit_destroy(loaded);
    digit_destroy(NULL);
    return 0;
}
