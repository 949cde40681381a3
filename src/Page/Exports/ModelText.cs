using System.Buffers;
using System.Text;
using System.Text.Json;

namespace StaticCnn.Page;

/// <summary>A network's layers for the page's scripts, as JSON.</summary>
internal static class ModelText
{
    /// <summary>
    /// <c>{"name","parameters","batch","layers":[{"name","kind","declaration","parameters","input":[C,H,W],"output"}]}</c>, in a layer also
    /// <c>"window"</c>, <c>"stride"</c>, <c>"padding"</c>, <c>"probability"</c>, <c>"weight"</c>, <c>"bias"</c> where it has them; vectors have the shape [n].
    /// </summary>
    public static string Of<TModel>() where TModel : class, ICnnModel<TModel>
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", TModel.ModelName);
            json.WriteNumber("parameters", TModel.ParameterCount);
            json.WriteNumber("batch", TModel.Recipe.BatchSize);
            json.WriteStartArray("layers");
            foreach (var layer in TModel.Layers) Write(json, layer);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, LayerInfo layer)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Name);
        json.WriteString("kind", layer.Kind);
        json.WriteString("declaration", layer.Declaration);
        json.WriteNumber("parameters", layer.ParameterCount);
        Write(json, "input", layer.Input);
        Write(json, "output", layer.Output);
        Write(json, layer.Attribute);
        if (layer.Parameters.Length > 0) json.WriteString("weight", layer.Parameters[0].Name);
        if (layer.Parameters.Length > 1) json.WriteString("bias", layer.Parameters[1].Name);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LayerAttribute attribute)
    {
        switch (attribute)
        {
            case Conv2dAttribute conv:
                Write(json, "window", conv.KernelHeight, conv.KernelWidth);
                Write(json, "stride", conv.StrideHeight, conv.StrideWidth);
                Write(json, "padding", conv.PaddingHeight, conv.PaddingWidth);
                break;
            case MaxPool2dAttribute pool:
                Write(json, "window", pool.WindowHeight, pool.WindowWidth);
                Write(json, "stride", pool.StrideHeight, pool.StrideWidth);
                Write(json, "padding", 0, 0);
                break;
            case DropoutAttribute dropout:
                json.WriteNumber("probability", dropout.Probability);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, TensorShape shape)
    {
        if (shape.IsVector) Write(json, name, shape.Channels);
        else Write(json, name, shape.Channels, shape.Height, shape.Width);
    }

    private static void Write(Utf8JsonWriter json, string name, params ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
