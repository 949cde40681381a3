using System.CommandLine;

namespace StaticCnn.Mnist.Commands;

/// <summary>The options that change a declared training recipe.</summary>
internal sealed class RecipeOptions(TrainingRecipe declared)
{
    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Passes over the training images; as declared unless given.",
        HelpName = "N",
        CustomParser = argument => SharedOptions.Parse<int>(argument, "a number from 1 on", epochs => epochs >= 1),
        DefaultValueFactory = _ => declared.Epochs,
    };

    private readonly Option<float> _learningRate = new("--learning-rate")
    {
        Description = "Adam's step size; as declared unless given.",
        HelpName = "X",
        CustomParser = argument => SharedOptions.Parse<float>(
            argument, "a positive number", rate => rate > 0 && float.IsFinite(rate)),
        DefaultValueFactory = _ => declared.LearningRate,
    };

    /// <summary>Lets a command take the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_epochs);
        command.Options.Add(_learningRate);
    }

    /// <summary>The recipe to train by.</summary>
    public TrainingRecipe Read(ParseResult parsed) => declared with
    {
        Epochs = parsed.GetValue(_epochs),
        LearningRate = parsed.GetValue(_learningRate),
    };
}
