using System.Diagnostics;
using StaticCnn;
using StaticCnn.Generator;

namespace Generator.Tests.Emit;

/// <summary>
/// A real build of a project with all that can be strict: C# 12, no unsafe code, nullable and implicit usings off, every
/// analyzer of the SDK and every warning an error, documentation and CLS compliance demanded, arithmetic checked. Generated code must be silent there.
/// </summary>
public class StrictProjectTests
{
    private const string Models =
        """
        using System;
        using StaticCnn;

        [assembly: CLSCompliant(true)]
        [assembly: System.Runtime.InteropServices.ComVisible(false)]

        namespace Shop
        {
            /// <summary>A network that others may use.</summary>
            [CnnModel(1, 12, 10)]
            [Conv2d(8, 5, Padding = 2), ReLU, MaxPool2d(2)]
            [Flatten, Linear(16, Bias = false), ReLU, Dropout(0.2f)]
            [Linear(10)]
            [Training(LearningRate = 0.0025f)]
            [NativeExports("open")]
            public sealed partial class Open;

            /// <summary>Around a network.</summary>
            public static partial class Outer
            {
                [CnnModel(1, 4, 4), Flatten, Linear(3)]
                internal sealed partial class Inner;

                /// <summary>The use of the networks.</summary>
                public static int Use(float[] image) => Open.LoadEmbedded().Predict(image) + Inner.Create().Predict(image) + Bare.Create(1).Predict(image);
            }
        }

        [CnnModel(1, 4, 4), Flatten, Linear(3)]
        internal sealed partial class Bare;
        """;

    [LongFact]
    public async Task AStrictProjectBuildsAndItsFilesAreThoseOfAnyOtherBuild()
    {
        var folder = Directory.CreateTempSubdirectory("staticcnn-strict-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Models.cs"), Models);
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "Strict.csproj"),
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <LangVersion>12</LangVersion>
                    <Nullable>disable</Nullable>
                    <ImplicitUsings>disable</ImplicitUsings>
                    <AllowUnsafeBlocks>false</AllowUnsafeBlocks>
                    <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                    <WarningLevel>9999</WarningLevel>
                    <Features>strict</Features>
                    <AnalysisLevel>latest-all</AnalysisLevel>
                    <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                    <GenerateDocumentationFile>true</GenerateDocumentationFile>
                    <InvariantGlobalization>true</InvariantGlobalization>
                    <IsAotCompatible>true</IsAotCompatible>
                    <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
                    <CompilerGeneratedFilesOutputPath>generated</CompilerGeneratedFilesOutputPath>
                  </PropertyGroup>
                  <ItemGroup>
                    <Reference Include="{typeof(CnnModelAttribute).Assembly.Location}" />
                    <Reference Include="{typeof(System.Numerics.Tensors.Tensor).Assembly.Location}" />
                    <Analyzer Include="{typeof(CnnGenerator).Assembly.Location}" />
                  </ItemGroup>
                </Project>
                """);

            var (exitCode, output) = await Build(folder.FullName);

            Assert.True(exitCode == 0, output);
            Assert.DoesNotContain("warning", output.Replace("0 Warning(s)", ""), StringComparison.OrdinalIgnoreCase);

            // Another process, another run, the compiler's own way: the same bytes.
            using var here = GeneratorHarness.Compile(Models.Replace("CLSCompliant(true)", "CLSCompliant(false)", StringComparison.Ordinal));
            var files = Directory.GetFiles(folder.FullName, "*.g.cs", SearchOption.AllDirectories)
                .Where(file => file.Contains("generated" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
            Assert.Equal(here.Files.OrderBy(file => file.Key), files.OrderBy(file => file.Key));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> Build(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        using var build = Process.Start(start)!;
        var error = build.StandardError.ReadToEndAsync();
        string output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return (build.ExitCode, output + await error);
    }
}
