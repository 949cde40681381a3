/* Reads a handwritten digit with libdigit: the file holds 784 bytes, 28x28 pixels row by row, 255 is ink.

   dotnet publish src/LibDigit -o out
   cc samples/Native/read_digit.c -Iout out/libdigit.so -Wl,-rpath,'$ORIGIN' -o out/read_digit
   out/read_digit image.raw */

#include <stdio.h>
#include "digit.h"

int main(int argc, char **argv)
{
    unsigned char pixels[DIGIT_IMAGE_LENGTH];
    float image[DIGIT_IMAGE_LENGTH], probabilities[DIGIT_CLASS_COUNT];
    digit_model *model;
    int32_t label, status, i;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;

    if (!file || fread(pixels, 1, sizeof pixels, file) != sizeof pixels) {
        fprintf(stderr, "usage: read_digit FILE, with %d bytes\n", DIGIT_IMAGE_LENGTH);
        return 2;
    }
    fclose(file);
    for (i = 0; i < DIGIT_IMAGE_LENGTH; i++) image[i] = pixels[i] / 255.0f;

    status = digit_create(&model);
    if (status == DIGIT_DONE) {
        status = digit_predict(model, image, 1, &label, probabilities);
        digit_destroy(model);
    }
    if (status != DIGIT_DONE) {
        fprintf(stderr, "read_digit: %s failed with status %d\n", digit_version(), (int)status);
        return 1;
    }
    printf("%d  %.1f %%\n", (int)label, 100 * probabilities[label]);
    return 0;
}
