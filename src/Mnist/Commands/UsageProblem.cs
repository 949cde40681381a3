using System.CommandLine;
using StaticCnn.Images;

namespace StaticCnn.Mnist.Commands;

/// <summary>Says in a sentence what is wrong with a command line, and what may have been meant.</summary>
internal static class UsageProblem
{
    /// <summary>The sentence.</summary>
    /// <param name="parsed">A command line with errors.</param>
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..]) return Describe(command, word);
        return command.Subcommands.Count > 0 ? $"Expected a command: {string.Join(", ", NamesOf(command.Subcommands))}." : parsed.Errors[0].Message;
    }

    /// <summary>Whether a word is written as an option; a dash alone is standard input.</summary>
    public static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    /// <summary>What is wrong with a word that a command does not take.</summary>
    public static string Describe(Command command, string word)
    {
        string name = word.Split('=', ':')[0];
        bool isOption = IsOption(word);
        if (command.Subcommands.Count > 0)
        {
            if (isOption) return $"'{word}' stands where a command should: {string.Join(", ", NamesOf(command.Subcommands))}. Options follow the command.";
            return $"There is no command '{word}'.{NearestWord.Question(NamesOf(command.Subcommands), word)}";
        }
        if (!isOption) return $"{command.Name} expects no '{word}'.";
        bool isKnown = command.Options.Any(option => option.Name == name);
        if (isKnown) return $"'{word}' stands before {command.Name}; options follow the command.";
        var owners = command.Parents.OfType<Command>().SelectMany(root => root.Subcommands).Where(other => !other.Hidden && other.Options.Any(option => option.Name == name));
        string belongs = string.Join(", ", owners.Select(owner => owner.Name));
        return belongs.Length > 0
            ? $"{command.Name} has no option '{name}': it would have no effect there. It belongs to {belongs}."
            : $"{command.Name} has no option '{name}'.{NearestWord.Question(NamesOf(command.Options), name)}";
    }

    private static IEnumerable<string> NamesOf(IEnumerable<Symbol> symbols) => symbols.Where(symbol => !symbol.Hidden).Select(symbol => symbol.Name);
}
