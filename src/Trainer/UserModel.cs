using System.Reflection;
using StaticCnn.Mnist;
using StaticCnn.Mnist.Commands;

namespace StaticCnn.Trainer;

/// <summary>Finds the network in a user's assembly, and runs the program's commands for it.</summary>
internal static class UserModel
{
    /// <summary>The one network of the assembly, or the one of a name.</summary>
    /// <exception cref="ProgramException">There is none, or more than one.</exception>
    public static Type Find(string assembly, string? references, string? name)
    {
        Type[] models = [.. TypesOf(assembly, references).Where(IsModel).OrderBy(type => type.FullName, StringComparer.Ordinal)];
        Type[] chosen = name is null ? models : [.. models.Where(type => type.Name == name || type.FullName == name)];
        if (chosen.Length == 1) return chosen[0];
        string file = Path.GetFileName(assembly);
        throw new ProgramException(Failure.Model, (models.Length, name) switch
        {
            (0, _) => $"{file} declares no network: expected a partial C# class with [CnnModel]. Declare one in the project that refers to the package StaticCnn.",
            (_, null) => $"{file} declares {models.Length} networks: {List(models)}. Choose one with the property CnnModelName.",
            _ when chosen.Length > 1 => $"{file} declares {chosen.Length} networks of the name {name}: {List(chosen)}. Weights are kept by a network's name, so give them different names.",
            _ => $"{file} declares no network {name}, but {List(models)}. Correct the property CnnModelName.",
        });
    }

    /// <summary>Runs one command line for the network.</summary>
    public static Task<int> RunAsync(Type model, string[] args, Host host, CancellationToken cancellation) =>
        (Task<int>)typeof(CommandLine<>).MakeGenericType(model)
            .GetMethod(nameof(CommandLine<>.RunAsync))!.Invoke(null, [args, host, cancellation])!;

    private static Type[] TypesOf(string assembly, string? references)
    {
        try
        {
            return new UserAssembly(references).LoadFile(Path.GetFullPath(assembly)).GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            // Types that need what is not here, such as a web framework; the network is hardly one of them.
            return [.. e.Types.OfType<Type>()];
        }
    }

    private static bool IsModel(Type type) => type.IsDefined(typeof(CnnModelAttribute), inherit: false) &&
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICnnModel<>));

    private static string List(IEnumerable<Type> models) => string.Join(", ", models.Select(type => type.FullName));
}
