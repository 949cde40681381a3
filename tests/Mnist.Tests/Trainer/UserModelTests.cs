using StaticCnn.Trainer;

namespace StaticCnn.Mnist.Tests.Trainer
{
    /// <summary>Which network a person means by the property CnnModelName.</summary>
    public class UserModelTests
    {
        private static readonly Type[] Networks =
            [typeof(Global), typeof(Names.Digits), typeof(Names.Reader.Digits), typeof(Names.Reader.Letters), typeof(Names.Other.Reader.Letters), typeof(Names.Global)];

        [Theory]
        [InlineData("StaticCnn.Mnist.Tests.Trainer.Names.Reader+Digits", "Names.Reader.Digits")]
        [InlineData("StaticCnn.Mnist.Tests.Trainer.Names.Reader.Digits", "Names.Reader.Digits")]
        [InlineData("Reader+Digits", "Names.Reader.Digits")]
        [InlineData(" Reader.Digits ", "Names.Reader.Digits")]
        [InlineData("Digits", "Names.Digits, Names.Reader.Digits")]
        [InlineData("Names.Digits", "Names.Digits")]
        [InlineData("Letters", "Names.Reader.Letters, Names.Other.Reader.Letters")]
        [InlineData("Reader.Letters", "Names.Reader.Letters, Names.Other.Reader.Letters")]
        [InlineData("Names.Reader.Letters", "Names.Reader.Letters")]
        [InlineData("Global", "Global")] // It has no more of a name.
        [InlineData("Names.Global", "Names.Global")]
        [InlineData("igits", "")]
        [InlineData("digits", "")]
        [InlineData("Reader", "")]
        public void EverySpellingMeansTheSame(string name, string expected) => Assert.Equal(
            expected,
            string.Join(", ", UserModel.Choose(Networks, name).Select(type => type.FullName!.Replace("StaticCnn.Mnist.Tests.Trainer.", "").Replace('+', '.'))));
    }
}

namespace StaticCnn.Mnist.Tests.Trainer.Names
{
    internal static class Digits;

    internal static class Global;

    internal static class Reader
    {
        internal static class Digits;

        internal static class Letters;
    }
}

namespace StaticCnn.Mnist.Tests.Trainer.Names.Other
{
    internal static class Reader
    {
        internal static class Letters;
    }
}

internal static class Global;
