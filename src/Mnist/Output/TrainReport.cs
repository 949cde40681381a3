using StaticCnn.Mnist.Commands;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Output;

/// <summary>What <c>train --json</c> prints.</summary>
internal static class TrainReport
{
    public static void Write<TModel>(
        CommandContext context, IDataSource data, EpochResult[] epochs, TestResult test, double allocatedBytesPerBatch,
        string weights, string weightsSha256) where TModel : class, ICnnModel<TModel> => JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteString("model", TModel.ModelName);
            json.WriteString("dataset", data.Label);
            json.WriteNumber("parameters", TModel.ParameterCount);
            json.WriteNumber("seed", context.Seed);
            json.WriteNumber("threads", context.Threads);
            json.WriteNumber("vectorBits", VectorWidth.Bits);
            json.WriteStartArray("epochs");
            foreach (var epoch in epochs)
            {
                json.WriteStartObject();
                json.WriteNumber("epoch", epoch.Epoch);
                json.WriteNumber("loss", epoch.Loss);
                json.WriteNumber("accuracy", epoch.Accuracy);
                json.WriteNumber("seconds", Math.Round(epoch.Seconds, 3));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartObject("test");
            JsonOutput.WriteTest(json, test);
            json.WriteEndObject();
            json.WriteNumber("allocatedBytesPerBatch", allocatedBytesPerBatch);
            json.WriteString("weights", weights);
            json.WriteString("weightsSha256", weightsSha256);
        });
}
