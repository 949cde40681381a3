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
        Type[] chosen = name is null ? models : Choose(models, name);
        if (chosen.Length == 1) return chosen[0];
        string file = Path.GetFileName(assembly);
        throw new ProgramException(Failure.Model, (models.Length, name) switch
        {
            (0, _) => $"{file} declares no network: expected a partial C# class with [CnnModel]. Declare one in the project that refers to the package StaticCnn.",
            (_, null) => $"{file} declares {models.Length} networks: {List(models)}. Choose one with the property CnnModelName.",
            _ when chosen.Length > 1 => $"{file} declares {chosen.Length} networks of the name {name}: {List(chosen)}. Write more of its namespace in the property CnnModelName.",
            _ => $"{file} declares no network {name}, but {List(models)}. Correct the property CnnModelName.",
        });
    }

    /// <summary>The networks that a name can mean: the one whose whole name it is, else those whose name ends with it.</summary>
    /// <param name="models">All networks.</param>
    /// <param name="name">Such as <c>App.Outer.Digits</c> or <c>App.Outer+Digits</c>, <c>Outer.Digits</c>, <c>Digits</c>.</param>
    internal static Type[] Choose(Type[] models, string name)
    {
        string wanted = name.Trim().Replace('+', '.');
        Type[] exact = [.. models.Where(type => NameOf(type) == wanted)];
        return exact.Length > 0 ? exact : [.. models.Where(type => NameOf(type).EndsWith("." + wanted, StringComparison.Ordinal))];
    }

    /// <summary>The name that the network's weights file has.</summary>
    public static string WeightsNameOf(Type model) => (string)typeof(UserModel)
        .GetMethod(nameof(WeightsName), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(model).Invoke(null, null)!;

    private static string WeightsName<TModel>() where TModel : class, ICnnModel<TModel> => TModel.WeightsName;

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

    private static string List(IEnumerable<Type> models) => string.Join(", ", models.Select(NameOf));

    /// <summary>As C# spells it.</summary>
    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');
}
