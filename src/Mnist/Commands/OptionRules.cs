using System.CommandLine;
using System.CommandLine.Parsing;

namespace StaticCnn.Mnist.Commands;

/// <summary>Refuses options that would have no effect beside others: whoever writes one expects something of it.</summary>
internal static class OptionRules
{
    /// <summary>An option that only means something with a switch.</summary>
    public static void Requires(this Command command, Option option, Option<bool> other) => command.Validators.Add(result =>
    {
        if (result.Has(option) && !result.Has(other)) result.AddError($"{option.Name} has no effect without {other.Name}.");
    });

    /// <summary>An option that means nothing beside another one.</summary>
    public static void Excludes(this Command command, Option option, Option other) => command.Validators.Add(result =>
    {
        if (result.Has(option) && result.Has(other)) result.AddError($"{option.Name} has no effect with {other.Name}.");
    });

    /// <summary>Whether somebody wrote the option, and for a switch, not that it is off.</summary>
    public static bool Has(this CommandResult result, Option option) =>
        result.GetResult(option) is { Implicit: false } given && !(option is Option<bool> && given.Tokens is [{ Value: "false" }]);
}
