using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Output;

/// <summary>The one JSON object of a command, on one line.</summary>
internal static class JsonOutput
{
    // Paths stay readable; the object is never put into a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object whose members <paramref name="members"/> writes.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Writes the members of a test's outcome.</summary>
    public static void WriteTest(Utf8JsonWriter json, TestResult test)
    {
        json.WriteNumber("accuracy", test.Overall.Accuracy);
        json.WriteNumber("loss", test.Overall.Loss);
        json.WriteNumber("correct", test.Overall.Correct);
        json.WriteNumber("total", test.Overall.Total);
        json.WriteStartArray("perClass");
        for (int label = 0; label < test.PerClass.Length; label++)
        {
            json.WriteStartObject();
            json.WriteNumber("label", label);
            json.WriteNumber("correct", test.PerClass[label].Correct);
            json.WriteNumber("total", test.PerClass[label].Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
