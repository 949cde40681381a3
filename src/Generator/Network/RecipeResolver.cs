using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>The training recipe: the declared values over the defaults, each within its range.</summary>
internal static class RecipeResolver
{
    public static Recipe Resolve(TrainingDeclaration training, List<DeclarationError> errors)
    {
        var unset = Recipe.Default;
        var recipe = new Recipe(
            training.BatchSize ?? unset.BatchSize,
            training.Epochs ?? unset.Epochs,
            training.LearningRate ?? unset.LearningRate,
            training.Beta1 ?? unset.Beta1,
            training.Beta2 ?? unset.Beta2,
            training.Epsilon ?? unset.Epsilon,
            training.Loss ?? unset.Loss);

        Check(recipe.BatchSize is >= 1 and <= 65536, "BatchSize", "1 to 65536", recipe.BatchSize);
        Check(recipe.Loss is 0 or 1, "Loss", "a member of Loss", recipe.Loss);
        Check(recipe.Epochs >= 1, "Epochs", "at least 1", recipe.Epochs);
        Check(recipe.LearningRate is > 0 and <= float.MaxValue, "LearningRate", "a finite number above 0", recipe.LearningRate);
        Check(recipe.Beta1 is >= 0 and < 1, "Beta1", "at least 0 and below 1", recipe.Beta1);
        Check(recipe.Beta2 is >= 0 and < 1, "Beta2", "at least 0 and below 1", recipe.Beta2);
        Check(recipe.Epsilon is > 0 and <= float.MaxValue, "Epsilon", "a finite number above 0", recipe.Epsilon);
        return recipe;

        void Check(bool valid, string option, string expected, object found)
        {
            if (valid) return;
            errors.Add(new(Fault.InvalidTraining, Place.Training, option, expected, FormattableString.Invariant($"{found}"))
            {
                Remedy = Setting.One(option, ""),
            });
        }
    }
}
