using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StaticCnn.Images.Answers;

/// <summary>Answers for scripts: one array on one line, <c>[{"file","label","probabilities":[...]}]</c>, with <c>index</c> in IDX files.</summary>
internal static class AnswerJson
{
    // File names stay readable; the array is never put into a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the array.</summary>
    public static void Write(TextWriter output, IEnumerable<Answer> answers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var answer in answers)
            {
                json.WriteStartObject();
                json.WriteString("file", answer.File);
                if (answer.Index is { } index) json.WriteNumber("index", index);
                json.WriteNumber("label", answer.Label);
                json.WriteStartArray("probabilities");
                foreach (float probability in answer.Probabilities) json.WriteNumberValue(probability);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
