namespace StaticCnn.Page.Tests.Support;

/// <summary>A test that needs a browser; where there is none, it says what to install.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Missing;
}

/// <summary>A theory that needs a browser.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.Missing;
}

/// <summary>A test of the long suite that needs a browser.</summary>
public sealed class LongBrowserFactAttribute : FactAttribute
{
    public LongBrowserFactAttribute() => Skip = new LongFactAttribute().Skip ?? Chromium.Missing;
}

/// <summary>A theory of the long suite that needs a browser.</summary>
public sealed class LongBrowserTheoryAttribute : TheoryAttribute
{
    public LongBrowserTheoryAttribute() => Skip = new LongTheoryAttribute().Skip ?? Chromium.Missing;
}
