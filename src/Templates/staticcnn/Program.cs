// A picture of a digit, a character per pixel, from ' ' for the background to '#' for ink. Change digit.txt, or name a file of your own.
string file = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "digit.txt");
if (!File.Exists(file))
{
    Console.Error.WriteLine($"There is no file {file}. Name a text file of 28 lines with 28 characters each, such as digit.txt.");
    return 1;
}
string[] picture = File.ReadAllLines(file);

float[] image = new float[DigitCnn.ImageLength];
for (int row = 0; row < Math.Min(28, picture.Length); row++)
{
    for (int column = 0; column < Math.Min(28, picture[row].Length); column++)
        image[row * 28 + column] = Math.Max(0, " .:+#".IndexOf(picture[row][column])) / 4f;
}

var model = DigitCnn.LoadEmbedded();
float[] logits = new float[DigitCnn.ClassCount];
model.Forward(image, logits);

foreach (string line in picture) Console.WriteLine(line);
Console.WriteLine($"This is a {model.Predict(image)}.");
double sum = logits.Sum(logit => Math.Exp(logit));
for (int digit = 0; digit < logits.Length; digit++)
    Console.WriteLine(FormattableString.Invariant($"{digit}: {100 * Math.Exp(logits[digit]) / sum,5:F1} %"));
return 0;
