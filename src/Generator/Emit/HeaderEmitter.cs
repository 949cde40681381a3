using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Emit;

/// <summary>The C header of a network's functions, in C89 but for stdint.h, so that every compiler reads it.</summary>
internal static class HeaderEmitter
{
    public static string Emit(CnnNetwork network)
    {
        string name = network.Type.Name.TrimStart('@'), p = network.Type.ExportPrefix!, upper = p.ToUpperInvariant();
        var input = network.Input;
        return FormattableString.Invariant($$"""
            /* {{p}}.h: the network {{name}}, images {{input}} to {{network.ClassCount}} classes. Written by the compiler; changes are lost.

               Functions that return int32_t return one of the {{upper}}_ numbers below, and write results only where that is {{upper}}_DONE.
               A model serves one thread at a time; several models may be used by several threads at once. Nothing is allocated after
               {{p}}_create but by {{p}}_load. */

            #ifndef {{upper}}_H
            #define {{upper}}_H

            #include <stdint.h>

            #ifdef __cplusplus
            extern "C" {
            #endif

            #define {{upper}}_CHANNELS {{input.Channels}}
            #define {{upper}}_HEIGHT {{input.Height}}
            #define {{upper}}_WIDTH {{input.Width}}
            #define {{upper}}_IMAGE_LENGTH {{input.Length}}
            #define {{upper}}_CLASS_COUNT {{network.ClassCount}}

            #define {{upper}}_DONE 0
            #define {{upper}}_WRONG_ARGUMENT 1 /* A pointer is null, or a count is negative. */
            #define {{upper}}_NO_WEIGHTS 2     /* There are no weights where they were looked for, or they are damaged or another network's. */
            #define {{upper}}_OUT_OF_MEMORY 3
            #define {{upper}}_BUSY 4           /* Another thread is using the model. */
            #define {{upper}}_FAILED 5

            typedef struct {{p}}_model {{p}}_model;

            /* Creates a model with the weights inside the library. */
            int32_t {{p}}_create({{p}}_model **model);

            /* Creates a model with the weights of a safetensors file; the path is UTF-8. */
            int32_t {{p}}_load(const char *path, {{p}}_model **model);

            /* Frees a model, once. Null is allowed. */
            void {{p}}_destroy({{p}}_model *model);

            /* Classes and probabilities of images [count][{{upper}}_IMAGE_LENGTH], each pixel as in training (MNIST: 0 is paper, 1 is ink).
               labels receives [count], probabilities [count][{{upper}}_CLASS_COUNT]; either may be null. */
            int32_t {{p}}_predict({{p}}_model *model, const float *images, int32_t count, int32_t *labels, float *probabilities);

            /* The network's outputs before softmax, [count][{{upper}}_CLASS_COUNT]. */
            int32_t {{p}}_forward({{p}}_model *model, const float *images, int32_t count, float *logits);

            /* {{upper}}_CLASS_COUNT and {{upper}}_IMAGE_LENGTH as the library has them. */
            int32_t {{p}}_class_count(void);
            int32_t {{p}}_image_length(void);

            /* Network, version and vector width, such as "{{name}}, StaticCnn 0.1.0, 256-bit vectors". It stays valid. */
            const char *{{p}}_version(void);

            /* Bytes that the library has allocated so far; predict and forward add none. */
            int64_t {{p}}_allocated_bytes(void);

            #ifdef __cplusplus
            }
            #endif

            #endif

            """).Replace("\r\n", "\n");
    }
}
