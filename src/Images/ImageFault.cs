namespace StaticCnn.Images;

/// <summary>Why a picture gives no answer. The value is the number of the error's SCNN code, which has a page under docs/diagnostics.</summary>
internal enum ImageFault
{
    /// <summary>The file is no picture of a kind that can be read, or it is damaged.</summary>
    Unreadable = 120,

    /// <summary>The picture is empty, or nothing in it stands out.</summary>
    NoDigit = 121,

    /// <summary>The library that decodes PNG, JPEG, WebP and BMP is not beside the program.</summary>
    NoDecoder = 122,
}
